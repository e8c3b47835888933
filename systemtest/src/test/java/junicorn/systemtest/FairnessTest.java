package junicorn.systemtest;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import junicorn.scoreboard.Slot;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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
                assertThat(tally.slowest()).isLessThan(Duration.ofSeconds(5));
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

    @ParameterizedTest
    @ValueSource(strings = {"gthread", "virtual", "async"})
    void aThousandKeptConnectionsSpreadOverTheWorkers(String workerClass) throws Exception {
        var launch = new Launch().workers(4).with("-k", workerClass, "--keep-alive", "60s");
        try (var server = launch.start()) {
            var held = new HashMap<String, Integer>();
            var wires = new ArrayList<Wire>();
            for (int i = 0; i < 1_000; i++) {
                var wire = server.connect();
                wires.add(wire);
                var pid = wire.get("/echo?token=a").answer().body().split(" ", 2)[1];
                held.merge(pid, 1, Integer::sum);
            }

            assertThat(held.values()).hasSize(4).allMatch(count -> count <= 325);
            for (var wire : wires) {
                wire.close();
            }
        }
    }
}
