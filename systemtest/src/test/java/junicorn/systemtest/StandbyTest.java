package junicorn.systemtest;

import static org.assertj.core.api.Assertions.assertThat;

import junicorn.os.Processes;
import junicorn.os.Signal;
import org.junit.jupiter.api.Test;

@SystemTest
final class StandbyTest {
    /// The victim is stopped first, so that what it holds does not change while it is counted.
    @Test
    void aStandbyTakesThePlaceOfAKilledWorkerAndOnlyWhatThatOneHeldIsLost() {
        var launch = new Launch().workers(2).workersAreKilled().with("-k", "gthread");
        try (var server = launch.with("--standby", "1").start();
                var load = SteadyLoad.on(server.address())) {
            var standby =
                    Long.parseLong(
                            server.err()
                                    .await("standby worker 2 ready pid=(\\d+)", Await.BOOT)
                                    .group(1));
            var victim = server.worker(0).pid();
            assertThat(load.answeredBy(standby)).isZero();

            Processes.kill(victim, Signal.STOP);
            Await.until("rest", Await.SOON, () -> ProcFiles.state(victim), it -> it == 'T');
            var held = ProcFiles.connections(victim, server.port());
            Processes.kill(victim, Signal.KILL);

            server.awaitLog(
                    "worker 0 died signal=KILL.* pid=" + victim + ".*, a standby takes its place");
            server.awaitLog("standby worker 2 serves now pid=" + standby);
            Await.until("its answers", Await.SOON, () -> load.answeredBy(standby), it -> it > 0);
            server.err().await("standby worker 0 ready", Await.BOOT);
            assertThat(load.failures()).hasSizeLessThanOrEqualTo(held);
        }
    }

    /// However often, and at whatever moment: nobody rests while nobody serves.
    @Test
    void whoeverBecomesReadyServesWhenNobodyElseDoes() throws Exception {
        var launch = new Launch().workersAreKilled().with("-k", "gthread", "--standby", "1");
        try (var server = launch.start()) {
            for (int i = 0; i < 6; i++) {
                var answer = server.get("/echo?token=a").body().strip();
                long victim = Long.parseLong(answer.substring("a ".length()));
                Processes.kill(victim, Signal.KILL);
                Await.until("its end", Await.SOON, () -> Leftovers.isAlive(victim), it -> !it);
            }

            assertThat(server.get("/echo?token=a").body()).startsWith("a ");
            assertThat(server.err().text()).doesNotContainPattern("restarting in ([3-9]|\\d\\d)");
        }
    }
}
