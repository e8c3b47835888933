package junicorn.worker.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.ServletContextAttributeEvent;
import jakarta.servlet.ServletContextAttributeListener;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import junicorn.worker.app.DrainNotice;
import junicorn.worker.poll.Concurrency;
import org.eclipse.jetty.ee11.servlet.ServletContextHandler;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Server;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/// Server-sent events for ever, until the application is told that the worker drains.
final class EventStreamTest {
    static final List<Concurrency> CLASSES =
            List.of(new Concurrency.Pool(2), new Concurrency.Virtual());

    /// More than a worker serves in real life, with a descriptor for each end in this process.
    private static final int MANY = 5000;

    private static final int WARM = 50;

    /// Heap for a stream, both ends of it. Measured 6.2 KiB.
    private static final long HEAP_BYTES_MAX = 9 * 1024;

    private final Queue<AsyncContext> streams = new ConcurrentLinkedQueue<>();
    private final List<Object> notices = new ArrayList<>();

    /// As `docs/operating/long-lived.md` has it.
    private final class Streams implements ServletContextAttributeListener {
        @Override
        public void attributeAdded(ServletContextAttributeEvent event) {
            if (event.getName().equals("junicorn.draining")) {
                notices.add(event.getValue());
                streams.forEach(AsyncContext::complete);
            }
        }
    }

    private Handler application() {
        var application = (ServletContextHandler) Servlets.application(this::stream);
        application.addEventListener(new Streams());
        return application;
    }

    private void stream(HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        response.setContentType("text/event-stream");
        var async = request.startAsync();
        async.setTimeout(0);
        response.getOutputStream().print("data: hello\n\n");
        response.flushBuffer();
        streams.add(async);
    }

    @ParameterizedTest
    @FieldSource("CLASSES")
    void thousandsRestWithoutAThreadAndEndWhenTheApplicationIsTold(Concurrency concurrency)
            throws Exception {
        var server = new ArrayList<Server>();
        try (var worker =
                RunningWorker.start(
                        concurrency,
                        RunningWorker.PATIENT,
                        it -> {
                            server.add(it);
                            return application();
                        })) {
            var clients = new ArrayList<>(open(worker, WARM)); // until all is warm
            int threads = ManagementFactory.getThreadMXBean().getThreadCount();
            long heap = heapBytes();

            clients.addAll(open(worker, MANY - WARM));

            assertThat((heapBytes() - heap) / (MANY - WARM))
                    .as("bytes of heap for each stream")
                    .isLessThan(HEAP_BYTES_MAX);
            assertThat(ManagementFactory.getThreadMXBean().getThreadCount())
                    .isLessThan(threads + 16);

            worker.awaitRequests(MANY);
            Await.until("all streams", streams::size, count -> count == MANY);
            DrainNotice.tell(server.getFirst());
            worker.poll().drain();

            for (var client : clients) {
                assertThat(rest(client)).endsWith("\r\n0\r\n\r\n");
                client.close();
            }
            worker.awaitConnections(0);
            assertThat(notices).containsExactly(true);
        }
    }

    private static List<Socket> open(RunningWorker worker, int count) throws IOException {
        var clients = new ArrayList<Socket>();
        for (int i = 0; i < count; i++) {
            var client = new Socket(worker.address().getAddress(), worker.address().getPort());
            client.setSoTimeout(10_000);
            clients.add(client);
            client.getOutputStream()
                    .write("GET / HTTP/1.1\r\nHost: test\r\n\r\n".getBytes(ISO_8859_1));
            var answer = new byte[512];
            int length = client.getInputStream().read(answer);
            assertThat(new String(answer, 0, length, ISO_8859_1)).startsWith("HTTP/1.1 200 ");
        }
        return clients;
    }

    private static String rest(Socket client) throws IOException {
        return new String(client.getInputStream().readAllBytes(), ISO_8859_1);
    }

    private static long heapBytes() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }
}
