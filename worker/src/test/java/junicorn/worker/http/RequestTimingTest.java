package junicorn.worker.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import junicorn.worker.http.message.HttpSettings;
import junicorn.worker.poll.Concurrency;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/// When a request runs, and how long a client may take to send it.
final class RequestTimingTest {
    static final List<Concurrency> EACH =
            List.of(
                    new Concurrency.Sync(),
                    new Concurrency.Pool(2),
                    new Concurrency.Virtual(),
                    new Concurrency.Async());

    private static HttpSettings hurried(Duration header, Duration body) {
        return new HttpSettings(
                header, body, Duration.ofSeconds(5), Duration.ofSeconds(5), 1024, 4094, 100, 8190);
    }

    private static final HttpSettings HURRIED =
            hurried(Duration.ofMillis(60), Duration.ofMillis(60));

    @Test
    void aSlowBodyOccupiesNoThread() throws Exception {
        try (var worker = RunningWorker.start(new Concurrency.Sync(), new Mirror())) {
            var slow =
                    worker.connect()
                            .send(
                                    "POST /slow HTTP/1.1\r\nHost: test\r\nContent-Length: 4\r\n\r\nab");
            worker.awaitConnections(1);

            var quick = worker.connect().get("/quick");
            var late = slow.send("cd").answer();

            assertThat(quick.body()).startsWith("GET /quick");
            assertThat(late.body()).contains("body abcd");
        }
    }

    @ParameterizedTest
    @FieldSource("EACH")
    void halfAHeaderIsAnswered408(Concurrency concurrency) throws Exception {
        try (var worker = RunningWorker.start(concurrency, HURRIED, new Mirror())) {
            var client = worker.connect().send("GET / HTTP/1.1\r\nHos");

            assertThat(client.answer().status()).isEqualTo(408);
            assertThat(client.end()).isEqualTo(RawClient.End.EOF);
            assertThat(worker.refusals()).containsExactly(408);
        }
    }

    @Test
    void aByteNowAndThenGainsNoTimeForTheHeader() throws Exception {
        try (var worker = RunningWorker.start(new Concurrency.Sync(), HURRIED, new Mirror())) {
            var client = worker.connect().send("GET / HTTP/1.1\r\nX-Long: ");

            while (client.quiet()) {
                client.send("x");
                java.util.concurrent.locks.LockSupport.parkNanos(1_000_000);
            }

            assertThat(client.answer().status()).isEqualTo(408);
        }
    }

    @ParameterizedTest
    @FieldSource("EACH")
    void aSilentConnectionIsClosedWithoutAWord(Concurrency concurrency) throws Exception {
        try (var worker = RunningWorker.start(concurrency, HURRIED, new Mirror())) {
            var silent = worker.connect();

            assertThat(silent.end()).isEqualTo(RawClient.End.EOF);
            worker.awaitConnections(0);
            assertThat(worker.refusals()).isEmpty();
        }
    }

    @Test
    void silentConnectionsHoldNobodyUp() throws Exception {
        try (var worker = RunningWorker.start(new Concurrency.Sync(), new Mirror())) {
            for (int i = 0; i < 50; i++) {
                worker.connect();
            }
            worker.awaitConnections(50);

            assertThat(worker.connect().get("/me").status()).isEqualTo(200);
        }
    }

    @ParameterizedTest
    @FieldSource("EACH")
    void aBodyThatStopsComingIsAnswered408(Concurrency concurrency) throws Exception {
        try (var worker = RunningWorker.start(concurrency, HURRIED, new Mirror())) {
            var client =
                    worker.connect()
                            .send("POST / HTTP/1.1\r\nHost: test\r\nContent-Length: 9\r\n\r\nhalf");

            assertThat(client.answer().status()).isEqualTo(408);
            assertThat(client.end()).isEqualTo(RawClient.End.EOF);
        }
    }

    @Test
    void anIdleConnectionIsClosedAfterItsKeepAlive() throws Exception {
        var settings =
                new HttpSettings(
                        Duration.ofSeconds(9),
                        Duration.ofSeconds(9),
                        Duration.ofSeconds(9),
                        Duration.ofMillis(50),
                        1024,
                        0,
                        0,
                        0);
        try (var worker = RunningWorker.start(new Concurrency.Pool(1), settings, new Mirror())) {
            var client = worker.connect();

            assertThat(client.get("/").closes()).isFalse();
            assertThat(client.end()).isEqualTo(RawClient.End.EOF);
        }
    }

    @ParameterizedTest
    @FieldSource("EACH")
    void aClientThatLeavesInMidHeaderIsForgotten(Concurrency concurrency) throws Exception {
        try (var worker = RunningWorker.start(concurrency, new Mirror())) {
            var client = worker.connect().send("GET / HTTP/1.1\r\nHos");
            worker.awaitConnections(1);

            client.abort();

            worker.awaitConnections(0);
        }
    }

    /// The last bytes wait for the end of the connection, but not for long.
    @Test
    void anAnswerDoesNotWaitForAHandlerThatWorksOn() throws Exception {
        var received = new CountDownLatch(1);
        var worksOn =
                new Handler.Abstract() {
                    @Override
                    public boolean handle(Request request, Response response, Callback callback)
                            throws InterruptedException {
                        Content.Sink.write(response, true, "all of it", Callback.NOOP);
                        assertThat(received.await(20, TimeUnit.SECONDS)).isTrue();
                        callback.succeeded();
                        return true;
                    }
                };
        try (var worker = RunningWorker.start(new Concurrency.Sync(), worksOn)) {
            var answer = worker.connect().get("/");
            received.countDown();

            assertThat(answer.body()).isEqualTo("all of it");
        }
    }
}
