package junicorn.systemtest;

import static org.assertj.core.api.Assertions.assertThat;

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
}
