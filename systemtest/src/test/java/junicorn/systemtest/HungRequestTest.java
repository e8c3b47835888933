package junicorn.systemtest;

import static org.assertj.core.api.Assertions.assertThat;

import junicorn.scoreboard.Slot;
import org.junit.jupiter.api.Test;

@SystemTest
final class HungRequestTest {
    @Test
    void hungWorkersAreDumpedKilledAndReplacedAndTheirNeighbourIsLeftAlone() throws Exception {
        try (var server = new Launch().workers(3).with("--timeout", "3").start();
                var parked = server.connect().get("/hang")) {
            server.awaitBusyWorkers(1);
            int parkedSlot = server.busySlots().getFirst();
            try (var spinning = server.connect().get("/spin")) {
                server.awaitBusyWorkers(2);
                int spinningSlot =
                        server.busySlots().stream()
                                .filter(slot -> slot != parkedSlot)
                                .findFirst()
                                .orElseThrow();
                int neighbour = 3 - parkedSlot - spinningSlot;
                var before = server.workers();
                try (var load = Load.on(server.address(), 2)) {
                    assertReplaced(server, parkedSlot, before.get(parkedSlot), "waitForEver");
                    assertReplaced(server, spinningSlot, before.get(spinningSlot), "turnForEver");
                    assertThat(load.awaitCompleted(10).stop().failures()).isEmpty();
                }

                assertThat(server.worker(neighbour).pid()).isEqualTo(before.get(neighbour).pid());
                assertThat(parked.endsWithoutAnswer()).isTrue();
                assertThat(spinning.endsWithoutAnswer()).isTrue();
            }
        }
    }

    private static void assertReplaced(
            RunningServer server, int slot, Slot.View victim, String method) {
        server.awaitLog("worker %d stuck.* pid=%d".formatted(slot, victim.pid()));
        server.awaitLog("at fixture.Trouble." + method);
        server.awaitLog("worker %d died.* signal=KILL.* pid=%d".formatted(slot, victim.pid()));
        server.awaitSuccessor(slot, victim);
    }
}
