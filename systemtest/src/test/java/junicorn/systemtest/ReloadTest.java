package junicorn.systemtest;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import junicorn.os.Signal;
import org.junit.jupiter.api.Test;

/// HUP while clients ask on kept and on new connections: none of them may notice.
@SystemTest
final class ReloadTest {
    @Test
    void noRequestIsLostWhileAllWorkersAreReplacedOneAfterTheOther() {
        for (var workerClass : List.of("sync", "gthread")) {
            try (var server = new Launch().workers(2).with("--worker-class", workerClass).start();
                    var kept = Load.keepingAlive(server.address(), 2).awaitCompleted(20);
                    var fresh = Load.on(server.address(), 2).awaitCompleted(20)) {
                var old = server.workers().stream().map(it -> it.pid()).toList();

                server.signal(Signal.HUP);
                server.awaitLog("generation 2 is live; generation 1 fully drained in ");
                var before = kept.tally();

                var tallies = List.of(kept.awaitCompleted(20).stop(), fresh.stop());
                assertThat(tallies).allMatch(tally -> tally.failures().isEmpty());
                assertThat(tallies.getFirst().completedByWorker()).hasSizeGreaterThan(2);
                assertThat(old)
                        .allMatch(pid -> !Leftovers.isAlive(pid))
                        .allMatch(
                                pid ->
                                        count(tallies.getFirst(), pid)
                                                == count(before, pid)); // the old answer no more
            }
        }
    }

    @Test
    void codeThatDoesNotStartLeavesTheOldServingAndTheLogSaysWhy() {
        var launch = new Launch().workers(2);
        try (var server = launch.start();
                var kept = Load.keepingAlive(server.address(), 2).awaitCompleted(20);
                var fresh = Load.on(server.address(), 2).awaitCompleted(20)) {
            var old = server.workers().stream().map(it -> it.pid()).toList();

            launch.mood("fail");
            server.signal(Signal.HUP);
            server.awaitLog(
                    "reload failed, generation 1 serves on: worker 2 did not start: .*the database is"
                            + " not there");

            assertThat(server.workers().stream().map(it -> it.pid()).toList()).isEqualTo(old);
            launch.mood("good");
            server.signal(Signal.HUP);
            server.awaitLog("generation 3 is live; generation 1 fully drained in ");
            assertThat(kept.awaitCompleted(20).stop().failures()).isEmpty();
            assertThat(fresh.stop().failures()).isEmpty();
        }
    }

    private static long count(Load.Tally tally, long pid) {
        return tally.completedByWorker().getOrDefault(pid, 0L);
    }
}
