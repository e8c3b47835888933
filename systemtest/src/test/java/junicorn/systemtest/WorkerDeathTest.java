package junicorn.systemtest;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import junicorn.os.Processes;
import junicorn.os.Signal;
import junicorn.scoreboard.Slot;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@SystemTest
final class WorkerDeathTest {
    @Test
    void aKilledWorkerCostsItsOwnRequestIsReplacedAndItsNeighbourIsLeftAlone() {
        try (var server = RunningServer.start(2);
                var load = Load.on(server.address(), 4).awaitCompleted(50)) {
            var victim = server.worker(0);
            var neighbour = server.worker(1);

            Processes.kill(victim.pid(), Signal.KILL);

            server.awaitSuccessor(0, victim);
            server.awaitLog("worker 0 died.* signal=KILL.* pid=" + victim.pid());
            var tally = load.awaitCompleted(50).stop();
            assertThat(tally.failures()).hasSizeLessThanOrEqualTo(1);
            assertThat(server.worker(1).pid()).isEqualTo(neighbour.pid());
        }
    }

    @Test
    void aKilledWorkerThatWasBusyCostsThatOneRequestAndNoOther() throws Exception {
        try (var server = RunningServer.start(2);
                var slow = server.hold("a")) {
            int slot = server.busySlots().getFirst();
            var victim = server.worker(slot);
            try (var load = Load.on(server.address(), 4).awaitCompleted(50)) {
                Processes.kill(victim.pid(), Signal.KILL);

                assertThat(slow.endsWithoutAnswer()).isTrue();
                server.awaitSuccessor(slot, victim);
                assertThat(load.awaitCompleted(50).stop().failures()).isEmpty();
            }
        }
    }

    @Test
    void aWorkerThatIsAskedToStopUnderLoadFailsNoRequestAndIsReplaced() {
        try (var server = RunningServer.start(2);
                var load = Load.on(server.address(), 4).awaitCompleted(50)) {
            var victim = server.worker(0);

            Processes.kill(victim.pid(), Signal.TERM);

            server.awaitSuccessor(0, victim);
            assertThat(load.awaitCompleted(50).stop().failures()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/exit", "/halt"})
    void aRequestThatKillsItsWorkerCostsThatWorkerOnly(String path) throws Exception {
        try (var server = new Launch().workers(2).with("--java-opts", "-Xmx48m").start();
                var load = Load.on(server.address(), 2).awaitCompleted(20)) {
            var before = server.workers();

            try (var wire = server.connect().get(path)) {
                assertThat(wire.endsWithoutAnswer()).isTrue();
            }

            server.awaitLog("worker [01] died");
            server.awaitWorker(0, _ -> survivors(server, before) == 1);
            server.awaitReady(0);
            server.awaitReady(1);
            assertThat(load.awaitCompleted(20).stop().failures()).isEmpty();
        }
    }

    /// How many of these workers still live.
    private static long survivors(RunningServer server, List<Slot.View> before) {
        return before.stream()
                .filter(old -> server.workers().stream().anyMatch(now -> now.pid() == old.pid()))
                .count();
    }
}
