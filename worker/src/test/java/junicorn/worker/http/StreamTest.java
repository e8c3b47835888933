package junicorn.worker.http;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import junicorn.worker.poll.Concurrency;
import org.eclipse.jetty.server.Handler;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/// Answers that go on for long, to clients that are slow.
final class StreamTest {
    static final List<Concurrency> CLASSES =
            List.of(new Concurrency.Pool(1), new Concurrency.Virtual(), new Concurrency.Async());

    private static final int SLOW = 40;
    private static final int PIECE = 100_000;

    /// More than the kernel keeps for a connection.
    private static final int PIECES = 80;

    private final Queue<AsyncContext> streams = new ConcurrentLinkedQueue<>();
    private final AtomicInteger piecesWritten = new AtomicInteger();

    private final Handler application =
            Servlets.application(
                    (request, response) -> {
                        switch (request.getRequestURI()) {
                            case "/events" -> {
                                response.setContentType("text/event-stream");
                                var async = request.startAsync();
                                async.setTimeout(0);
                                event(async, "hello");
                                streams.add(async);
                            }
                            case "/ready" -> whenReady(request.startAsync());
                            case "/blocking" -> blocking(response);
                            default -> response.getWriter().print("quick");
                        }
                    });

    private static void event(AsyncContext async, String data) throws IOException {
        async.getResponse().getOutputStream().print("data: " + data + "\n\n");
        async.getResponse().flushBuffer();
    }

    private void blocking(HttpServletResponse response) throws IOException {
        for (int i = 0; i < PIECES; i++) {
            response.getOutputStream().write(new byte[PIECE]);
            piecesWritten.incrementAndGet();
        }
    }

    private void whenReady(AsyncContext async) throws IOException {
        async.setTimeout(0);
        var out = async.getResponse().getOutputStream();
        out.setWriteListener(
                new WriteListener() {
                    private int written;

                    @Override
                    public void onWritePossible() throws IOException {
                        while (out.isReady()) {
                            if (written++ == PIECES) {
                                async.complete();
                                return;
                            }
                            out.write(new byte[PIECE]);
                            piecesWritten.incrementAndGet();
                        }
                    }

                    @Override
                    public void onError(Throwable cause) {
                        async.complete();
                    }
                });
    }

    @ParameterizedTest
    @FieldSource("CLASSES")
    void clientsThatReadNothingCostNoThreadAndNoMoreThanThePieceThatWaits(Concurrency concurrency)
            throws Exception {
        try (var worker = RunningWorker.start(concurrency, application)) {
            assertThat(worker.connect().get("/").body()).isEqualTo("quick");
            int threads = ManagementFactory.getThreadMXBean().getThreadCount();
            var slow = new ArrayList<RawClient>();
            for (int i = 0; i < SLOW; i++) {
                var client = new RawClient(worker.address(), 8 * 1024);
                slow.add(client.send("GET /ready HTTP/1.1\r\nHost: test\r\n\r\n"));
            }
            worker.awaitRequests(SLOW);

            assertThat(worker.connect().get("/").body()).isEqualTo("quick");

            assertThat(ManagementFactory.getThreadMXBean().getThreadCount())
                    .isLessThan(threads + SLOW / 2);
            assertThat(piecesWritten).hasValueLessThan(SLOW * PIECES);
            assertThat(slow.getFirst().answer().body()).hasSize(PIECES * PIECE);
            for (var client : slow) {
                client.close();
            }
        }
    }

    @Test
    void blockedHandlersAreWokenThoughEveryThreadIsBlocked() throws Exception {
        try (var worker = RunningWorker.start(new Concurrency.Pool(2), application);
                var one = new RawClient(worker.address(), 8 * 1024);
                var two = new RawClient(worker.address(), 8 * 1024)) {
            one.send("GET /blocking HTTP/1.1\r\nHost: test\r\n\r\n");
            two.send("GET /blocking HTTP/1.1\r\nHost: test\r\n\r\n");
            worker.awaitRequests(2);

            assertThat(two.answer().body()).hasSize(PIECES * PIECE);
            assertThat(one.answer().body()).hasSize(PIECES * PIECE);
        }
    }

    @ParameterizedTest
    @FieldSource("CLASSES")
    void eventsArriveOneByOne(Concurrency concurrency) throws Exception {
        try (var worker = RunningWorker.start(concurrency, application)) {
            var client = worker.connect().send("GET /events HTTP/1.1\r\nHost: test\r\n\r\n");
            Await.until("the stream", streams::peek, stream -> stream != null);
            var stream = streams.remove();

            awaitText(client, "data: hello\n\n");
            event(stream, "again");
            awaitText(client, "data: again\n\n");
            stream.complete();

            awaitText(client, "0\r\n\r\n");
        }
    }

    private static void awaitText(RawClient client, String wanted) throws IOException {
        var seen = new StringBuilder();
        while (seen.indexOf(wanted) < 0) {
            int octet = client.read();
            assertThat(octet).as("the end after " + seen).isNotNegative();
            seen.append((char) octet);
        }
    }

    @Test
    void thousandsOfStreamsRestWithoutAThread() throws Exception {
        try (var worker = RunningWorker.start(new Concurrency.Pool(2), application)) {
            int threads = ManagementFactory.getThreadMXBean().getThreadCount();
            var clients = new ArrayList<RawClient>();
            for (int i = 0; i < 1000; i++) {
                var client = new RawClient(worker.address(), 8 * 1024);
                clients.add(client.send("GET /events HTTP/1.1\r\nHost: test\r\n\r\n"));
            }
            Await.until("all streams", streams::size, count -> count == 1000);

            assertThat(ManagementFactory.getThreadMXBean().getThreadCount())
                    .isLessThan(threads + 20);
            for (var stream : streams) {
                event(stream, "for all");
                stream.complete();
            }
            for (var client : clients) {
                awaitText(client, "data: for all\n\n");
                client.close();
            }
        }
    }
}
