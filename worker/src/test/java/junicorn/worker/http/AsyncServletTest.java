package junicorn.worker.http;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.ReadListener;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import junicorn.worker.http.RawClient.End;
import junicorn.worker.poll.Concurrency;
import org.eclipse.jetty.server.Handler;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/// Requests that their handler leaves open.
final class AsyncServletTest {
    static final List<Concurrency> EACH =
            List.of(
                    new Concurrency.Sync(),
                    new Concurrency.Pool(2),
                    new Concurrency.Virtual(),
                    new Concurrency.Async());

    private final Queue<AsyncContext> open = new ConcurrentLinkedQueue<>();

    /// Keeps requests to /async open, until the test completes them.
    private final Handler application =
            Servlets.application(
                    (request, response) -> {
                        if (request.getDispatcherType() == DispatcherType.ASYNC) {
                            response.getWriter().print("dispatched");
                        } else if (request.getRequestURI().equals("/async")) {
                            var async = request.startAsync();
                            async.setTimeout(0);
                            open.add(async);
                        } else {
                            response.getWriter().print("sync");
                        }
                    });

    private AsyncContext opened() {
        Await.until("an open request", open::peek, seen -> seen != null);
        return open.remove();
    }

    private static RawClient send(RawClient client, String path) throws IOException {
        return client.send("GET " + path + " HTTP/1.1\r\nHost: test\r\n\r\n");
    }

    @ParameterizedTest
    @FieldSource("EACH")
    void anotherThreadAnswers(Concurrency concurrency) throws Exception {
        try (var worker = RunningWorker.start(concurrency, application)) {
            var client = send(worker.connect(), "/async");

            var async = opened();
            async.getResponse().getWriter().print("later");
            async.complete();

            assertThat(client.answer().body()).isEqualTo("later");
        }
    }

    @Test
    void aConnectionGoesOnAfterAnotherThreadAnswered() throws Exception {
        try (var worker = RunningWorker.start(new Concurrency.Pool(1), application)) {
            var client = worker.connect();
            for (int i = 0; i < 5; i++) {
                send(client, "/async");
                opened().complete();
                assertThat(client.answer().status()).isEqualTo(200);
                assertThat(client.get("/").body()).isEqualTo("sync");
            }
        }
    }

    @Test
    void aPipelinedRequestWaitsForTheOneBeforeIt() throws Exception {
        try (var worker = RunningWorker.start(new Concurrency.Pool(2), application)) {
            var client = send(send(worker.connect(), "/async"), "/");

            var async = opened();
            assertThat(client.quiet()).isTrue();
            async.getResponse().getWriter().print("first");
            async.complete();

            assertThat(client.answer().body()).isEqualTo("first");
            assertThat(client.answer().body()).isEqualTo("sync");
        }
    }

    @ParameterizedTest
    @FieldSource("EACH")
    void aDispatchAnswers(Concurrency concurrency) throws Exception {
        try (var worker = RunningWorker.start(concurrency, application)) {
            var client = send(worker.connect(), "/async");

            opened().dispatch();

            assertThat(client.answer().body()).isEqualTo("dispatched");
        }
    }

    @ParameterizedTest
    @FieldSource("EACH")
    void aRequestThatNobodyCompletesTimesOut(Concurrency concurrency) throws Exception {
        var forgetful = Servlets.application((request, _) -> request.startAsync().setTimeout(30));
        try (var worker = RunningWorker.start(concurrency, forgetful)) {
            assertThat(worker.connect().get("/").status()).isEqualTo(500);
        }
    }

    @ParameterizedTest
    @FieldSource("EACH")
    void aRequestIsAnsweredThoughItsBodyIsStillAwaited(Concurrency concurrency) throws Exception {
        var givesUp =
                Servlets.application(
                        (request, _) -> {
                            var async = request.startAsync();
                            async.setTimeout(60);
                            async.addListener(new AnswersLate(), request, async.getResponse());
                            async.start(() -> awaitBody(async));
                        });
        try (var worker = RunningWorker.start(concurrency, givesUp)) {
            var client =
                    worker.connect()
                            .send("POST / HTTP/1.1\r\nHost: test\r\nContent-Length: 200000\r\n\r\n")
                            .send("a");

            assertThat(client.answer().status()).isEqualTo(503);
            assertThat(client.end()).isEqualTo(End.EOF);
        }
    }

    private static void awaitBody(AsyncContext async) {
        try {
            var in = async.getRequest().getInputStream();
            in.setReadListener(
                    new ReadListener() {
                        @Override
                        public void onDataAvailable() throws IOException {
                            boolean more = true;
                            while (more && in.isReady()) {
                                more = in.read() >= 0;
                            }
                        }

                        @Override
                        public void onAllDataRead() {
                            async.complete();
                        }

                        @Override
                        public void onError(Throwable cause) {}
                    });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static final class AnswersLate implements AsyncListener {
        @Override
        public void onTimeout(AsyncEvent event) throws IOException {
            var response = (HttpServletResponse) event.getSuppliedResponse();
            response.setStatus(503);
            event.getAsyncContext().complete();
        }

        @Override
        public void onComplete(AsyncEvent event) {}

        @Override
        public void onError(AsyncEvent event) {}

        @Override
        public void onStartAsync(AsyncEvent event) {}
    }

    @Test
    void aSlowUploadToAReadListenerOccupiesNoThread() throws Exception {
        try (var worker = RunningWorker.start(new Concurrency.Pool(1), slowly())) {
            var slow =
                    worker.connect()
                            .send("POST / HTTP/1.1\r\nHost: test\r\nContent-Length: 99999\r\n\r\n");
            worker.awaitRequests(1);

            assertThat(worker.connect().get("/quick").body()).isEqualTo("quick");

            slow.send("x".repeat(99_999));
            assertThat(slow.answer().status()).isEqualTo(200);
        }
    }

    @Test
    void aSlowReaderOfAWriteListenerOccupiesNoThread() throws Exception {
        try (var worker = RunningWorker.start(new Concurrency.Pool(1), slowly());
                var slow = new RawClient(worker.address(), 8 * 1024)) {
            send(slow, "/large");
            worker.awaitRequests(1);

            assertThat(worker.connect().get("/quick").body()).isEqualTo("quick");

            assertThat(slow.answer().body()).hasSize(8_000_000);
        }
    }

    /// Uploads and downloads without blocking a thread.
    private static Handler slowly() {
        return Servlets.application(
                (request, response) -> {
                    if (request.getMethod().equals("POST")) {
                        var async = request.startAsync();
                        async.setTimeout(0);
                        awaitBody(async);
                    } else if (request.getRequestURI().equals("/large")) {
                        writeLarge(request.startAsync());
                    } else {
                        response.getWriter().print("quick");
                    }
                });
    }

    private static void writeLarge(AsyncContext async) throws IOException {
        async.setTimeout(0);
        async.getResponse().setContentLength(8_000_000);
        var out = async.getResponse().getOutputStream();
        out.setWriteListener(
                new WriteListener() {
                    private int written;

                    @Override
                    public void onWritePossible() throws IOException {
                        while (out.isReady()) {
                            if (written == 8_000_000) {
                                async.complete();
                                return;
                            }
                            written += 100_000;
                            out.write(new byte[100_000]);
                        }
                    }

                    @Override
                    public void onError(Throwable cause) {
                        async.complete();
                    }
                });
    }

    @Test
    void inSyncAnOpenRequestHoldsOffTheOthersUntilItIsAnswered() throws Exception {
        try (var worker = RunningWorker.start(new Concurrency.Sync(), application)) {
            var early = worker.connect().send("GET /early HTTP/1.1\r\n");
            worker.awaitConnections(1);
            var client = send(worker.connect(), "/async");
            var async = opened();
            early.send("Host: test\r\n\r\n");
            var late = send(worker.connect(), "/late");

            Await.until("a look at the clients", () -> worker.poll().connections(), n -> n == 2);
            assertThat(worker.open()).isEqualTo(1);
            assertThat(early.quiet() && late.quiet()).isTrue();
            async.complete();

            assertThat(client.answer().status()).isEqualTo(200);
            assertThat(early.answer().body()).isEqualTo("sync");
            assertThat(late.answer().body()).isEqualTo("sync");
        }
    }
}
