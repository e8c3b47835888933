package junicorn.systemtest;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import junicorn.os.Signal;
import junicorn.scoreboard.Slot;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// HUP while clients ask on kept and on new connections: none of them may notice.
@SystemTest
final class ReloadTest {
    @ParameterizedTest
    @ValueSource(strings = {"sync", "gthread"})
    void noRequestIsLostWhileAllWorkersAreReplacedOneAfterTheOther(String workerClass) {
        try (var server = new Launch().workers(2).with("-k", workerClass).start();
                var load = SteadyLoad.on(server.address())) {
            var old = pids(server);

            server.signal(Signal.HUP);
            server.awaitLog("generation 2 is live; generation 1 fully drained in ");
            var before = old.stream().map(load::answeredBy).toList();

            assertThat(load.failures()).isEmpty();
            assertThat(old).noneMatch(Leftovers::isAlive);
            assertThat(old.stream().map(load::answeredBy).toList()).isEqualTo(before);
            assertThat(load.workers()).anyMatch(pid -> !old.contains(pid));
        }
    }

    @Test
    void codeThatDoesNotStartLeavesTheOldServingAndTheLogSaysWhy() {
        var launch = new Launch().workers(2);
        try (var server = launch.start();
                var load = SteadyLoad.on(server.address())) {
            var old = pids(server);

            launch.mood("fail");
            server.signal(Signal.HUP);
            server.awaitLog(
                    "reload failed, generation 1 keeps serving: worker 2 did not start: .*the database is"
                            + " not there");

            assertThat(pids(server)).isEqualTo(old);
            launch.mood("good");
            server.signal(Signal.HUP);
            server.awaitLog("generation 3 is live; generation 1 fully drained in ");
            assertThat(load.failures()).isEmpty();
        }
    }

    private static List<Long> pids(RunningServer server) {
        return server.workers().stream().map(Slot.View::pid).toList();
    }
}
