package junicorn.systemtest;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import junicorn.scoreboard.Slot;
import org.junit.jupiter.api.Test;

@SystemTest
final class FairnessTest {
    @Test
    void besideSlowRequestsOnThreeOfFourWorkersAThousandShortOnesDoNotWait() throws Exception {
        try (var server = RunningServer.start(4)) {
            var slow = List.of(server.hold("slow"), server.hold("slow"), server.hold("slow"));
            var busy = server.busySlots();
            var free =
                    server.workers().stream()
                            .filter(view -> view.busy() == 0)
                            .map(Slot.View::pid)
                            .toList();
            try (var load = Load.on(server.address(), 4).awaitCompleted(1_000)) {
                var tally = load.stop();

                assertThat(tally.failures()).isEmpty();
                assertThat(tally.slowest()).isLessThan(Duration.ofMillis(500));
                assertThat(tally.completedByWorker().keySet()).containsExactlyElementsOf(free);
                assertThat(server.busySlots()).isEqualTo(busy);
            }
            server.release();
            for (var wire : slow) {
                assertThat(wire.answer().body()).startsWith("slow ");
                wire.close();
            }
        }
    }
}
