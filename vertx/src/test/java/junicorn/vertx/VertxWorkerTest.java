package junicorn.vertx;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Ring 2: the worker class in this process, on a real port.
@Timeout(60)
final class VertxWorkerTest {
    private static volatile CompletableFuture<HttpServerRequest> held = new CompletableFuture<>();
    private static volatile int otherPort;

    /// Listens where it is told to, and on a port of its own.
    public static final class Both extends VerticleBase {
        @Override
        public Future<?> start() {
            var served = listen(config().getInteger("http.port"));
            var own = listen(0).onSuccess(port -> otherPort = port);
            return Future.all(served, own);
        }

        private Future<Integer> listen(int port) {
            return vertx.createHttpServer()
                    .requestHandler(request -> request.response().end("both"))
                    .listen(port)
                    .map(it -> it.actualPort());
        }
    }

    /// Answers `/hold` when the test lets it.
    public static Handler<HttpServerRequest> holding(Vertx vertx) {
        assertThat(vertx).isNotNull();
        return request -> {
            if (request.path().equals("/hold")) {
                held.complete(request);
            } else {
                request.response().end("hello");
            }
        };
    }

    /// Of a wrong type.
    public static String words() {
        return "words";
    }

    @Test
    void aVerticleGetsTheInheritedSocketForItsPortAndBindsOthersItself() throws Exception {
        var context = new FakeContext(Both.class, "", 10);
        try (var worker = new Running(context)) {
            assertThat(worker.get("/")).endsWith("both");

            assertThat(otherPort).isPositive().isNotEqualTo(context.address().getPort());
            try (var socket = new Socket(InetAddress.getLoopbackAddress(), otherPort)) {
                assertThat(ask(socket, "/")).endsWith("both");
            }
        }
        assertThat(context.channel(context.listeners().getFirst()).isOpen()).isFalse();
        assertThat(context.beats).hasPositiveValue();
    }

    @Test
    void aDrainAnswersWhatRunsAndWhatIsNewAndClosesWhatIsIdle() throws Exception {
        held = new CompletableFuture<>();
        var context = new FakeContext(VertxWorkerTest.class, "::holding", 10);
        try (var worker = new Running(context);
                var busy = worker.connect();
                var fresh = worker.connect();
                var idle = worker.connect()) { // the last: once it is answered, all were accepted
            send(busy, "/hold");
            var request = held.get(10, TimeUnit.SECONDS);
            assertThat(ask(idle, "/")).endsWith("hello").doesNotContain("close");
            assertThat(context.busy).hasValue(1);

            worker.drain();

            assertThat(idle.getInputStream().read()).isEqualTo(-1); // the one loop knows by now
            assertThat(ask(fresh, "/")).contains("connection: close").endsWith("hello");
            request.response().end("late");
            assertThat(new String(busy.getInputStream().readAllBytes(), US_ASCII))
                    .contains("connection: close")
                    .endsWith("late");
            worker.awaitEnd();
        }
        assertThat(context.requests).hasValue(3);
        assertThat(context.busy).hasValue(0);
    }

    @Test
    void aWorkerThatIsFullAcceptsAgainWhenAConnectionEnds() throws Exception {
        try (var worker = new Running(new FakeContext(VertxWorkerTest.class, "::holding", 1))) {
            var first = worker.connect();
            assertThat(ask(first, "/")).endsWith("hello");
            try (var second = worker.connect()) {
                send(second, "/");
                assertThat(ask(first, "/")).endsWith("hello");
                assertThat(second.getInputStream().available()).isZero();

                first.close();

                assertThat(answer(second)).endsWith("hello");
            }
        }
    }

    @Test
    void whatCannotBeHostedIsRefusedInWords() {
        assertThatThrownBy(() -> start(String.class, ""))
                .hasMessageStartingWith("java.lang.String cannot be hosted: it must be a Verticle");
        assertThatThrownBy(() -> start(VertxWorkerTest.class, "::missing"))
                .hasMessageContaining("has no method missing");
        assertThatThrownBy(() -> start(VertxWorkerTest.class, "::words"))
                .hasMessageContaining("::words gives java.lang.String");
    }

    @Test
    void threeLoopsBeatOnceTogether() {
        var context = new int[1];
        var pulse = new Pulse(3, () -> context[0]++);

        pulse.passed(0);
        pulse.passed(1);
        pulse.passed(0);
        assertThat(context[0]).isZero();
        pulse.passed(2);

        assertThat(context[0]).isEqualTo(1);
    }

    private static void start(Class<?> application, String method) throws Exception {
        var worker = new VertxWorker();
        try {
            worker.start(new FakeContext(application, method, 1));
        } finally {
            worker.close();
        }
    }

    private static void send(Socket socket, String path) throws IOException {
        var request = "GET " + path + " HTTP/1.1\r\nHost: here\r\n\r\n";
        socket.getOutputStream().write(request.getBytes(US_ASCII));
    }

    private static String ask(Socket socket, String path) throws IOException {
        send(socket, path);
        return answer(socket);
    }

    private static String answer(Socket socket) throws IOException {
        var answer = new StringBuilder();
        while (answer.indexOf("\r\n\r\n") < 0) {
            answer.append((char) socket.getInputStream().read());
        }
        int length = Integer.parseInt(answer.toString().replaceAll("(?s).*length: (\\d+).*", "$1"));
        var body = socket.getInputStream().readNBytes(length);
        return answer + new String(body, US_ASCII);
    }

    /// A worker that serves in threads of its own.
    private static final class Running implements AutoCloseable {
        private final FakeContext context;
        private final VertxWorker worker = new VertxWorker();
        private final CompletableFuture<Void> end;

        Running(FakeContext context) throws Exception {
            this.context = context;
            worker.start(context);
            worker.accept();
            end = CompletableFuture.runAsync(this::await);
        }

        private void await() {
            try {
                worker.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        Socket connect() throws IOException {
            var socket = new Socket();
            socket.connect(context.address());
            return socket;
        }

        String get(String path) throws IOException {
            try (var socket = connect()) {
                return ask(socket, path);
            }
        }

        void drain() {
            worker.drain();
        }

        void awaitEnd() {
            end.orTimeout(10, TimeUnit.SECONDS).join();
        }

        @Override
        public void close() {
            worker.drain();
            awaitEnd();
            try {
                worker.close();
            } catch (Exception e) {
                throw new AssertionError("the worker does not close", e);
            }
        }
    }
}
