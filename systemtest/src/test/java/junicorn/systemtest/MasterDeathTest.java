package junicorn.systemtest;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import junicorn.os.Signal;
import junicorn.scoreboard.Slot;
import org.junit.jupiter.api.Test;

@SystemTest
final class MasterDeathTest {
    @Test
    void theWorkersOfAKilledMasterAreGoneAtOnceAndThePortIsFree() throws Exception {
        try (var server = new Launch().masterIsKilled().workers(3).start();
                var hanging = server.connect().get("/hang")) {
            server.awaitBusyWorkers(1);
            var workers = server.workers();

            server.signal(Signal.KILL);

            Await.until(
                    "an end to every worker and a free port",
                    Duration.ofSeconds(5), // a moment, on a machine that is busy with other things
                    () -> remains(server, workers),
                    List::isEmpty);
            assertThat(hanging.endsWithoutAnswer()).isTrue();
        }
    }

    /// A killed process can be a zombie already while its last thread still holds its sockets.
    private static List<String> remains(RunningServer server, List<Slot.View> workers) {
        var remains = new ArrayList<String>();
        workers.stream()
                .filter(worker -> Leftovers.isAlive(worker.pid()))
                .forEach(worker -> remains.add(worker.toString()));
        if (Leftovers.listening(server.port())) {
            remains.add("a listener on port " + server.port());
        }
        return remains;
    }
}
