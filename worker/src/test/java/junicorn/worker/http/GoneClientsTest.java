package junicorn.worker.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;
import junicorn.worker.poll.Concurrency;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.MethodSource;

/// Clients that go while an application keeps their request open, for good as far as it is asked.
final class GoneClientsTest {
    static final List<Concurrency> EACH =
            List.of(
                    new Concurrency.Sync(),
                    new Concurrency.Pool(2),
                    new Concurrency.Virtual(),
                    new Concurrency.Async());

    /// What nobody would wait for.
    private static final Duration SHORT = Duration.ofMillis(50);

    private final Queue<AsyncContext> open = new ConcurrentLinkedQueue<>();
    private final Queue<Throwable> failures = new ConcurrentLinkedQueue<>();

    /// How a client goes.
    enum Leaving {
        RESET,
        CLOSE;

        void leave(RawClient client) throws IOException {
            if (this == RESET) {
                client.abort();
            } else {
                client.close();
            }
        }
    }

    static Stream<Arguments> eachAndHow() {
        return EACH.stream()
                .flatMap(it -> Stream.of(Leaving.values()).map(how -> Arguments.of(it, how)));
    }

    private final class Failures implements AsyncListener {
        @Override
        public void onError(AsyncEvent event) {
            failures.add(event.getThrowable());
        }

        @Override
        public void onComplete(AsyncEvent event) {}

        @Override
        public void onTimeout(AsyncEvent event) {}

        @Override
        public void onStartAsync(AsyncEvent event) {}
    }

    private final Handler application = Servlets.application(this::leaveOpen);

    private void leaveOpen(HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        if (request.getRequestURI().equals("/served")) {
            response.getWriter().print("served");
            return;
        }
        var async = request.startAsync();
        async.setTimeout(0);
        async.addListener(new Failures());
        if (request.getRequestURI().equals("/events")) {
            response.setContentType("Text/Event-Stream;charset=utf-8");
        }
        if (!request.getRequestURI().equals("/poll")) {
            response.getOutputStream().print("data: hello\n\n");
            response.flushBuffer();
        }
        open.add(async);
    }

    private static RunningWorker start(Concurrency concurrency, Handler handler) {
        var worker = RunningWorker.start(concurrency, handler);
        worker.front().gone().patience(SHORT, SHORT.multipliedBy(4));
        return worker;
    }

    /// A client that has read what there is.
    private static RawClient ask(RunningWorker worker, String path, String end) throws IOException {
        var client = worker.connect().send("GET " + path + " HTTP/1.1\r\nHost: test\r\n\r\n");
        var seen = new StringBuilder();
        while (!seen.toString().endsWith(end)) {
            seen.append((char) client.read());
        }
        return client;
    }

    private static void awaitLongEnough() {
        long then = System.nanoTime() + SHORT.multipliedBy(6).toNanos();
        Await.until("several times the patience", System::nanoTime, now -> now - then > 0);
    }

    @ParameterizedTest
    @MethodSource("eachAndHow")
    void anEventStreamWhoseClientIsGoneFailsAndEnds(Concurrency concurrency, Leaving how)
            throws Exception {
        try (var worker = start(concurrency, application)) {
            var client = ask(worker, "/events", "hello\n\n");
            how.leave(client);

            Await.until("the application's word", failures::peek, seen -> seen != null);
            worker.awaitRequests(0);
            worker.awaitConnections(0);
            assertThat(failures).hasSize(1);
            assertThat(worker.connect().get("/served").body()).isEqualTo("served");
        }
    }

    @ParameterizedTest
    @FieldSource("EACH")
    void aLongPollThatIsResetFailsAndEnds(Concurrency concurrency) throws Exception {
        try (var worker = start(concurrency, application)) {
            var client = worker.connect().send("GET /poll HTTP/1.1\r\nHost: test\r\n\r\n");
            Await.until("an open request", open::peek, seen -> seen != null);
            client.abort();

            Await.until("the application's word", failures::peek, seen -> seen != null);
            worker.awaitRequests(0);
            worker.awaitConnections(0);
        }
    }

    @ParameterizedTest
    @FieldSource("EACH")
    void whoHalfClosesAndWaitsIsServed(Concurrency concurrency) throws Exception {
        try (var worker = start(concurrency, application)) {
            var client = worker.connect().send("GET /poll HTTP/1.1\r\nHost: test\r\n\r\n").half();
            Await.until("an open request", open::peek, seen -> seen != null);
            awaitLongEnough();
            open.remove().complete();

            assertThat(client.answer().status()).isEqualTo(200);
            assertThat(failures).isEmpty();
        }
    }

    @ParameterizedTest
    @FieldSource("EACH")
    void whoPipelinesIsServedAndReadsItsEvents(Concurrency concurrency) throws Exception {
        try (var worker = start(concurrency, application)) {
            var client = ask(worker, "/events", "hello\n\n");
            client.send("GET /served HTTP/1.1\r\nHost: test\r\n\r\n");
            awaitLongEnough();
            var stream = open.remove();
            stream.getResponse().getOutputStream().print("data: more\n\n");
            stream.complete();

            assertThat(until(client, "\r\n0\r\n\r\n")).contains("data: more");
            assertThat(failures).isEmpty();
        }
    }

    private static String until(RawClient client, String end) throws IOException {
        var seen = new StringBuilder();
        while (!seen.toString().endsWith(end)) {
            int octet = client.read();
            assertThat(octet).as(seen.toString()).isNotNegative();
            seen.append((char) octet);
        }
        return seen.toString();
    }

    @ParameterizedTest
    @FieldSource("EACH")
    void anotherStreamThanOfEventsGoesOnUntilTheWorkerDrains(Concurrency concurrency)
            throws Exception {
        try (var worker = start(concurrency, application)) {
            ask(worker, "/stream", "hello\n\n").half();
            awaitLongEnough();
            assertThat(failures).isEmpty();

            worker.poll().drain();

            worker.awaitThreadsEnd();
            assertThat(failures).hasSize(1);
        }
    }

    /// A handler of Jetty's own interface that forgets its requests.
    private static final class Forgetful extends Handler.Abstract {
        @Override
        public boolean handle(Request request, Response response, Callback callback) {
            response.getHeaders().put("Content-Type", "text/event-stream");
            response.write(
                    false, ByteBuffer.wrap("data: hello\n\n".getBytes(UTF_8)), Callback.NOOP);
            return true;
        }
    }

    @ParameterizedTest
    @FieldSource("EACH")
    void oneThatTheApplicationDoesNotEndIsTakenFromIt(Concurrency concurrency) throws Exception {
        try (var worker = start(concurrency, new Forgetful())) {
            ask(worker, "/", "hello\n\n").abort();

            worker.awaitRequests(0);
            worker.awaitConnections(0);
        }
    }
}
