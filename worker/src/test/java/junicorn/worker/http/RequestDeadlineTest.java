package junicorn.worker.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.http.HttpServletResponse;
import java.io.EOFException;
import java.io.IOException;
import java.net.SocketException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import junicorn.worker.http.RawClient.End;
import junicorn.worker.poll.Concurrency;
import org.eclipse.jetty.server.Handler;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/// Ring 2: requests that take longer than they may.
final class RequestDeadlineTest {
    static final List<Concurrency> ALL =
            List.of(
                    new Concurrency.Sync(),
                    new Concurrency.Pool(2),
                    new Concurrency.Virtual(),
                    new Concurrency.Async());

    private static final String EXPECTS_100 =
            "POST / HTTP/1.1\r\nHost: test\r\nContent-Length: 200000\r\nExpect: 100-continue\r\n\r\n";

    private static final Duration SHORT = Duration.ofMillis(100);
    private static final Duration LONG = Duration.ofMinutes(1);

    private final ConcurrentLinkedQueue<String> seen = new ConcurrentLinkedQueue<>();
    private final ConcurrentLinkedQueue<String> unfit = new ConcurrentLinkedQueue<>();
    private final CountDownLatch released = new CountDownLatch(1);

    private RunningWorker start(Concurrency concurrency, Duration grace, Handler application) {
        var deadlines = new RequestDeadlines(SHORT, grace, unfit::add);
        return RunningWorker.start(concurrency, RunningWorker.PATIENT, deadlines, _ -> application);
    }

    /// A prompt answer. A machine that is busy with other things may take a second try.
    private static String served(RunningWorker worker) throws IOException {
        var answer = worker.connect().get("/");
        for (int i = 0; i < 20 && answer.status() == 503; i++) {
            answer = worker.connect().get("/");
        }
        return answer.body();
    }

    private void saw(String what) {
        Await.until("the handler: " + what, seen::peek, it -> it != null);
        assertThat(seen.remove()).isEqualTo(what);
    }

    /// /slow waits until it is interrupted, /deaf whatever comes; all else says whether its thread
    /// is interrupted.
    private Handler application() {
        return Servlets.application(
                (request, response) -> {
                    switch (request.getRequestURI()) {
                        case "/slow" -> wait(response);
                        case "/deaf" -> {
                            waitDeaf();
                            response.getWriter().print("too late");
                        }
                        default ->
                                response.getWriter().print(Thread.currentThread().isInterrupted());
                    }
                });
    }

    private void wait(HttpServletResponse response) throws IOException {
        try {
            released.await();
            seen.add("released");
        } catch (InterruptedException e) {
            seen.add("interrupted");
            Thread.currentThread().interrupt(); // as one should; the next request must not feel it
            response.getWriter().print("too late");
        }
    }

    private void waitDeaf() {
        boolean waiting = true;
        while (waiting) {
            try {
                released.await();
                waiting = false;
            } catch (InterruptedException e) {
                seen.add("deaf");
            }
        }
    }

    @ParameterizedTest
    @FieldSource("ALL")
    void theClientGets503TheHandlerIsInterruptedAndTheNextRequestIsNot(Concurrency concurrency)
            throws Exception {
        try (var worker = start(concurrency, LONG, application())) {
            for (int i = 0; i < 2; i++) {
                var client = worker.connect();
                var answer = client.get("/slow");

                assertThat(answer.status()).isEqualTo(503);
                assertThat(answer.body())
                        .isEqualTo("503 Service Unavailable: the request took too long\n");
                assertThat(client.end()).isEqualTo(End.EOF);
                saw("interrupted");
                worker.awaitRequests(0);
                assertThat(served(worker)).isEqualTo("false");
            }
        }
        assertThat(unfit).isEmpty();
    }

    @ParameterizedTest
    @FieldSource("ALL")
    void anAnswerThatHasBegunIsBrokenOff(Concurrency concurrency) throws Exception {
        var half =
                Servlets.application(
                        (request, response) -> {
                            response.getWriter().print("half");
                            if (request.getRequestURI().equals("/half")) {
                                response.flushBuffer();
                                wait(response);
                            }
                        });
        try (var worker = start(concurrency, LONG, half)) {
            served(worker);

            assertThatThrownBy(() -> worker.connect().get("/half"))
                    .isInstanceOfAny(EOFException.class, SocketException.class);
            saw("interrupted");
            worker.awaitRequests(0);
        }
    }

    @ParameterizedTest
    @FieldSource("ALL")
    void aHandlerThatDoesNotListenMakesTheWorkerUnfitAndReachesNoClient(Concurrency concurrency)
            throws Exception {
        try (var worker = start(concurrency, SHORT, application())) {
            var client = worker.connect();
            assertThat(client.get("/deaf").status()).isEqualTo(503);
            saw("deaf");

            Await.until("a word to the master", unfit::size, size -> size == 1);
            worker.awaitRequests(1);
            released.countDown();

            assertThat(client.end()).isEqualTo(End.EOF);
            worker.awaitRequests(0);
            assertThat(served(worker)).isEqualTo("false");
        }
        assertThat(unfit)
                .containsExactly(
                        "a request did not end 100ms after its timeout request=GET /deaf HTTP/1.1");
    }

    @ParameterizedTest
    @FieldSource("ALL")
    void anOpenRequestWithoutAThreadIsAnsweredAndItsListenersAreTold(Concurrency concurrency)
            throws Exception {
        var never =
                Servlets.application(
                        (request, response) -> {
                            if (request.getRequestURI().equals("/async")) {
                                var async = request.startAsync();
                                async.setTimeout(0);
                                async.addListener(new Told());
                            } else {
                                response.getWriter().print("next");
                            }
                        });
        try (var worker = start(concurrency, LONG, never)) {
            served(worker);
            var client = worker.connect();

            assertThat(client.get("/async").status()).isEqualTo(503);
            assertThat(client.end()).isEqualTo(End.EOF);
            saw("onError");
            worker.awaitRequests(0);
            assertThat(served(worker)).isEqualTo("next");
        }
        assertThat(unfit).isEmpty();
    }

    @ParameterizedTest
    @FieldSource("ALL")
    void aHandlerThatWaitsForABodyIsAnswered(Concurrency concurrency) throws Exception {
        var reads =
                Servlets.application(
                        (request, _) -> {
                            try {
                                request.getInputStream().readAllBytes();
                            } catch (IOException e) {
                                seen.add("failed");
                                throw e;
                            }
                        });
        try (var worker = start(concurrency, LONG, reads)) {
            var client =
                    worker.connect()
                            .send("POST / HTTP/1.1\r\nHost: test\r\nContent-Length: 200000\r\n\r\n")
                            .send("a");

            assertThat(client.answer().status()).isEqualTo(503);
            client.send("b");
            assertThat(client.end()).isEqualTo(End.EOF);
            saw("failed");
            worker.awaitRequests(0);
        }
    }

    @ParameterizedTest
    @FieldSource("ALL")
    void afterA100TheAnswerMayStillBeOurs(Concurrency concurrency) throws Exception {
        var reads = Servlets.application((request, _) -> request.getInputStream().readAllBytes());
        try (var worker = start(concurrency, LONG, reads)) {
            served(worker);
            var client = worker.connect().send(EXPECTS_100);

            assertThat(client.answer().status()).isEqualTo(100);
            assertThat(client.answer().status()).isEqualTo(503);
            worker.awaitRequests(0);
        }
    }

    /// Requests that end at the very moment when they are cut off.
    @ParameterizedTest
    @FieldSource("ALL")
    void atTheLimitARequestIsServedOrCutOffAndNeverBoth(Concurrency concurrency) throws Exception {
        var wrong = new AtomicReference<String>("");
        var close =
                Servlets.application(
                        (request, response) -> {
                            if (Thread.currentThread().isInterrupted()) {
                                wrong.set("an interrupt of another request");
                            }
                            long end = System.nanoTime() + SHORT.toNanos();
                            while (System.nanoTime() - end < 0) {
                                Thread.onSpinWait();
                            }
                            response.getWriter().print(request.getRequestURI());
                        });
        try (var worker = start(concurrency, LONG, close)) {
            var client = worker.connect();
            for (int i = 0; i < 12; i++) {
                Answer answer;
                try {
                    answer = client.get("/" + i);
                } catch (EOFException | SocketException e) { // it had begun to answer
                    client = worker.connect();
                    continue;
                }
                assertThat(answer.status()).isIn(200, 503);
                if (answer.status() == 200) {
                    assertThat(answer.body()).isEqualTo("/" + i);
                }
                if (answer.closes()) {
                    client = worker.connect();
                }
            }
            worker.awaitRequests(0);
        }
        assertThat(wrong.get()).isEmpty();
    }

    private final class Told implements AsyncListener {
        @Override
        public void onError(AsyncEvent event) {
            seen.add("onError");
        }

        @Override
        public void onTimeout(AsyncEvent event) {}

        @Override
        public void onComplete(AsyncEvent event) {}

        @Override
        public void onStartAsync(AsyncEvent event) {}
    }
}
