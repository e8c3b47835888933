package junicorn.systemtest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import junicorn.os.Signal;
import org.junit.jupiter.api.Test;

@SystemTest
final class ScalingTest {
    @Test
    void ttinAddsAWorkerAndTtouTakesOneAwayAndNobodyNoticesUnderLoad() {
        try (var server = RunningServer.start(1);
                var load = Load.on(server.address(), 3).awaitCompleted(20)) {
            var first = server.worker(0);

            server.signal(Signal.TTIN);
            var second = server.awaitReady(1);
            Await.until(
                    "an answer of the new worker",
                    Await.SOON,
                    load::tally,
                    tally -> tally.completedByWorker().containsKey(second.pid()));
            server.signal(Signal.TTOU);
            server.awaitWorker(1, view -> view.pid() == 0);

            var tally = load.awaitCompleted(20).stop();
            assertThat(tally.failures()).isEmpty();
            assertThat(tally.completedByWorker()).containsOnlyKeys(first.pid(), second.pid());
            assertThat(server.worker(0).pid()).isEqualTo(first.pid());
        }
    }

    @Test
    void theLastWorkerStays() throws Exception {
        try (var server = RunningServer.start(1)) {
            var only = server.worker(0);

            server.signal(Signal.TTOU);
            server.awaitLog("workers wanted=1, before=1");
            server.signal(Signal.TTIN);
            server.awaitReady(1);

            assertThat(server.worker(0).pid()).isEqualTo(only.pid());
            assertThat(server.get("/echo?token=a").status()).isEqualTo(200);
        }
    }

    @Test
    void loadBringsWorkersAndIdlenessTakesThemAwayAndNobodyNotices() throws Exception {
        var launch = new Launch().with("--min-spare", "1", "--max-spare", "2");
        try (var server = launch.with("--max-workers", "3").start();
                var load = Load.on(server.address(), 1).awaitCompleted(5);
                var kept = Load.keepingAlive(server.address(), 1).awaitCompleted(5)) {
            try (var one = slow(server);
                    var two = slow(server)) {
                server.awaitReady(1);
                server.awaitReady(2);
                server.awaitLog("reached --max-workers 3, the load calls for more");
                server.release();
                assertThat(one.answer().status()).isEqualTo(200);
                assertThat(two.answer().status()).isEqualTo(200);
            }
            kept.stop();
            load.stop();

            server.awaitLog("workers wanted=2, before=3 busy=");
            server.awaitLog("worker 2 stopped code=0");

            assertThat(load.tally().failures()).isEmpty();
            assertThat(kept.tally().failures()).isEmpty();
        }
    }

    @Test
    void busyWorkersGetHelpAndTheLeastStays() throws Exception {
        var launch = new Launch().workers(1).with("--scale", "busyness", "--max-workers", "2");
        launch.with("--busyness-window", "1s", "--busyness-calm", "2");
        try (var server = launch.start()) {
            try (var held = slow(server)) {
                server.awaitReady(1);
                server.release();
                assertThat(held.answer().status()).isEqualTo(200);
            }
            server.awaitLog("workers wanted=1, before=2 busy=0.0");
            server.awaitLog("worker 1 stopped code=0");

            assertThat(server.get("/echo?token=a").status()).isEqualTo(200);
        }
    }

    /// Runs until the server's release.
    private static Wire slow(RunningServer server) throws IOException {
        var until = server.directory().resolve("released");
        return server.connect().within(Await.BOOT).get("/slow?token=s&until=" + until);
    }
}
