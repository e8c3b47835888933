package junicorn.systemtest;

import static org.assertj.core.api.Assertions.assertThat;

import junicorn.os.Processes;
import junicorn.os.Signal;
import org.junit.jupiter.api.Test;

/// What the application starts does not outlive a worker that had no time to stop it.
@SystemTest
final class ChildProcessTest {
    @Test
    void whatAKilledWorkerHadStartedEndsWithIt() throws Exception {
        try (var server = new Launch().workersAreKilled().start()) {
            var victim = server.worker(0);
            var child = Long.parseLong(server.get("/child").body());
            assertThat(Leftovers.isAlive(child)).isTrue();

            Processes.kill(victim.pid(), Signal.KILL);

            Await.until("its end", Await.SOON, () -> Leftovers.isAlive(child), alive -> !alive);
            server.awaitSuccessor(0, victim);
        }
    }

    @Test
    void soDoesWhatAWorkerHadStartedThatTheMasterKills() throws Exception {
        var launch = new Launch().workersAreKilled().with("--timeout", "3");
        try (var server = launch.start()) {
            var child = Long.parseLong(server.get("/child").body());
            try (var stuck = server.connect().get("/hang")) {
                Await.until("its end", Await.BOOT, () -> Leftovers.isAlive(child), it -> !it);
                assertThat(stuck.endsWithoutAnswer()).isTrue();
            }
        }
    }

    @Test
    void whatIsStartedByTheJvmItselfKeepsNoAddressOpen() {
        try (var server = new Launch().start()) {
            assertThat(ProcFiles.inherited(server.worker(0).pid())).isEmpty();
            assertThat(ProcFiles.inherited(server.pid())).isEmpty();
        }
    }
}
