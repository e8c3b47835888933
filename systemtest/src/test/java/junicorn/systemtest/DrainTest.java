package junicorn.systemtest;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Set;
import junicorn.os.Signal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// How a worker of each class leaves.
@SystemTest
final class DrainTest {
    /// The classes in which a request does not hold up what happens to other connections.
    private static final Set<String> CONCURRENT = Set.of("gthread", "virtual");

    /// Far less than what a worker may take for its last requests.
    private static final Duration A_FEW_SECONDS = Duration.ofSeconds(10);

    private static Launch launch(String workerClass) {
        var launch = new Launch().with("-k", workerClass, "--keep-alive", "60");
        return workerClass.equals("gthread") ? launch.with("--threads", "3") : launch;
    }

    @ParameterizedTest
    @ValueSource(strings = {"gthread", "virtual", "async"})
    void idleConnectionsAreClosedAndRunningRequestsFinish(String workerClass) throws Exception {
        try (var server = launch(workerClass).start();
                var idle = server.connect()) {
            assertThat(idle.get("/echo?token=i").answer().body()).startsWith("i ");
            server.awaitWorker(0, view -> view.busy() == 0);
            try (var slow = server.hold("a")) {
                server.signal(Signal.TERM);
                server.awaitLog("stopping signal=TERM");
                if (CONCURRENT.contains(workerClass)) {
                    assertThat(idle.endsWithoutAnswer()).isTrue();
                }
                server.release();

                assertThat(slow.answer().body()).startsWith("a ");
                assertThat(idle.endsWithoutAnswer()).isTrue();
                assertThat(server.awaitExit().code()).isZero();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"gthread", "virtual", "async"})
    void aHalfSaidRequestIsAnswered(String workerClass) throws Exception {
        try (var server = launch(workerClass).start();
                var half = server.connect().send("GET /echo?token=h HTTP/1.1\r\nHo")) {
            assertThat(server.get("/echo?token=a").body()).startsWith("a "); // after the half

            server.signal(Signal.TERM);
            server.awaitLog("stopping signal=TERM");
            half.send("st: test\r\n\r\n");

            assertThat(half.answer().body()).startsWith("h ");
            assertThat(server.awaitExit().code()).isZero();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"gthread", "virtual", "async"})
    void whatIsLeftAfterTheGraceIsKilled(String workerClass) throws Exception {
        try (var server =
                        launch(workerClass)
                                .workersAreKilled()
                                .with("--graceful-timeout", "1")
                                .start();
                var hanging = server.connect().get("/hang")) {
            server.awaitBusy(0);

            server.signal(Signal.TERM);

            var ended = server.awaitExit();
            assertThat(ended.code()).isZero();
            assertThat(ended.err()).containsPattern("worker 0 has not stopped, killing it");
            assertThat(hanging.endsWithoutAnswer()).isTrue();
        }
    }

    @Test
    void anApplicationThatDoesNotStopIsKilled() throws Exception {
        try (var server =
                new Launch()
                        .mood("no stop")
                        .workersAreKilled()
                        .with("--graceful-timeout", "1")
                        .start()) {
            server.signal(Signal.TERM);

            var ended = server.awaitExit();
            assertThat(ended.code()).isZero();
            assertThat(ended.err()).containsPattern("worker 0 has not stopped, killing it");
        }
    }

    @Test
    void theHeartBeatsWhileTheApplicationStops() throws Exception {
        try (var server = new Launch().mood("slow stop").with("--timeout", "1").start()) {
            server.signal(Signal.TERM);

            var ended = server.awaitExit();
            assertThat(ended.code()).isZero();
            assertThat(ended.err()).doesNotContain("stuck").contains("worker 0 stopped code=0");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"sync", "gthread", "virtual", "async"})
    void nobodyWaitsForReadersOfAStreamWhoHaveGone(String workerClass) throws Exception {
        try (var server = launch(workerClass).start()) {
            new Mischief(server.address()).vanishingReaders(workerClass.equals("sync") ? 1 : 4);
            server.signal(Signal.TERM);

            var ended = server.awaitExit(A_FEW_SECONDS);
            assertThat(ended.code()).isZero();
            assertThat(ended.err()).doesNotContain("did not stop in time", "taken from");
        }
    }
}
