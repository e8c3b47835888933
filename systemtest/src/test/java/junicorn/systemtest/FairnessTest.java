package junicorn.systemtest;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import junicorn.scoreboard.Slot;
import org.junit.jupiter.api.Test;

@SystemTest
final class FairnessTest {
    @Test
    void besideThreeSlowRequestsOnThreeOfFourWorkersAThousandShortOnesDoNotWait() throws Exception {
        try (var server = RunningServer.start(4)) {
            var slow = new ArrayList<Wire>();
            for (int busy = 1; busy <= 3; busy++) {
                slow.add(server.connect().get("/slow?ms=2000&token=slow"));
                server.awaitBusyWorkers(busy);
            }
            var free = server.workers().stream().filter(view -> view.busy() == 0).findFirst();

            try (var load = Load.on(server.address(), 4).awaitCompleted(1_000)) {
                assertThat(server.busySlots()).as("still busy").hasSizeGreaterThanOrEqualTo(3);
                var tally = load.stop();
                assertThat(tally.failures()).isEmpty();
                assertThat(tally.slowest()).isLessThan(Duration.ofMillis(500));
                assertThat(tally.completedByWorker())
                        .containsOnlyKeys(free.map(Slot.View::pid).orElseThrow());
            }
            for (var wire : slow) {
                assertThat(wire.answer().body()).startsWith("slow ");
                wire.close();
            }
        }
    }
}
