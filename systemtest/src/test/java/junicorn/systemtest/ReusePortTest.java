package junicorn.systemtest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.IntStream;
import junicorn.os.Processes;
import junicorn.os.Signal;
import junicorn.scoreboard.Slot;
import org.junit.jupiter.api.Test;

@SystemTest
final class ReusePortTest {
    /// The first listener of a worker, by the contract with its master.
    private static final String LISTENER = "5";

    @Test
    void eachWorkerHasItsOwnSocketAndGetsConnections() throws Exception {
        try (var server = new Launch().workers(3).with("--reuse-port").start()) {
            var sockets = IntStream.range(0, 3).mapToObj(slot -> socket(server.worker(slot)));
            assertThat(sockets.distinct()).hasSize(3);

            try (var load = Load.on(server.address(), 4).awaitCompleted(200)) {
                var tally = load.stop();
                assertThat(tally.failures()).isEmpty();
                assertThat(tally.completedByWorker().keySet())
                        .containsExactlyInAnyOrderElementsOf(
                                server.workers().stream().map(Slot.View::pid).toList());
            }
        }
    }

    @Test
    void whatWaitsForAKilledWorkerIsServedByTheOneThatReplacesIt() throws Exception {
        try (var server = new Launch().workers(2).with("--reuse-port").start();
                var load = Load.on(server.address(), 4).awaitCompleted(50)) {
            var victim = server.worker(1);
            var neighbour = socket(server.worker(0));
            var socket = socket(victim);

            Processes.kill(victim.pid(), Signal.KILL);

            var successor = server.awaitSuccessor(1, victim);
            assertThat(socket(successor)).isEqualTo(socket);
            assertThat(socket(server.worker(0))).isEqualTo(neighbour);
            var tally = load.awaitCompleted(100).stop();
            assertThat(tally.failures()).hasSizeLessThanOrEqualTo(1); // its own request
            assertThat(tally.completedByWorker()).containsKey(successor.pid());
        }
    }

    @Test
    void termAnswersWhatWaitsInEachSocket() throws Exception {
        try (var server = new Launch().workers(2).with("--reuse-port").start();
                var load = Load.on(server.address(), 4).awaitCompleted(50)) {
            load.serverMayRefuse();

            server.signal(Signal.TERM);

            assertThat(load.awaitRefusal().failures()).isEmpty();
            assertThat(server.awaitExit().code()).isZero();
        }
    }

    /// The inode of its socket, as in `socket:[4711]`.
    private static String socket(Slot.View worker) {
        try {
            return Files.readSymbolicLink(
                            Path.of("/proc", Long.toString(worker.pid()), "fd", LISTENER))
                    .toString();
        } catch (IOException gone) {
            throw new AssertionError("worker " + worker.pid() + " is gone", gone);
        }
    }
}
