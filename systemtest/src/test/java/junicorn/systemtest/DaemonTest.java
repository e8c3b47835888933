package junicorn.systemtest;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import junicorn.os.Processes;
import junicorn.os.Signal;
import org.junit.jupiter.api.Test;

/// A server in the background. That the command's output ends proves that nothing of it holds the
/// terminal.
@SystemTest
final class DaemonTest {
    @Test
    void theCommandEndsWhenTheServerServesAndTheServerGoesOn() throws Exception {
        var launch = new Launch().with("--daemon", "--pid", "a.pid").leaves("log");
        var log = launch.work().resolve("log");
        launch.with("--error-logfile", log.toString());
        try (var command = launch.begin()) {
            command.awaitListening();
            var ended = command.awaitExit();

            var pid = Long.parseLong(Files.readString(launch.work().resolve("a.pid")).strip());
            assertThat(ended.code()).as(ended.text()).isZero();
            assertThat(ended.err())
                    .contains("worker 0 ready")
                    .contains("running in the background pid=" + pid + ", log in " + log);
            assertThat(command.get("/echo?token=a").status()).isEqualTo(200);
            assertHasNoTerminal(pid, log);
            assertThat(log).content().contains("worker 0 ready");

            Processes.kill(pid, Signal.TERM);
            Await.until("its end", Await.BOOT, () -> Leftovers.isAlive(pid), alive -> !alive);
        }
    }

    @Test
    void aServerThatCannotStartIsToldByTheExitCodeAndItsLog() {
        var ended = new Launch().mood("fail").with("--daemon", "--pid", "a.pid").run();

        assertThat(ended.code()).isEqualTo(1);
        assertThat(ended.err()).contains("the database is not there", "giving up");
    }

    @Test
    void misuseIsSaidBeforeAnythingIsStarted() {
        var ended = new Launch().with("--daemon", "--threads", "0").run();

        assertThat(ended.code()).isEqualTo(2);
        assertThat(ended.err()).isEqualTo("junicorn: --threads must be at least 1, was 0");
    }

    @Test
    void whoStopsTheCommandWhileItWaitsStopsTheServer() {
        var launch = new Launch().workersAreKilled().mood("hang");
        try (var command = launch.with("--daemon", "--graceful-timeout", "1").begin()) {
            command.awaitLog("worker 0 started");

            command.signal(Signal.TERM);

            var ended = command.awaitExit(Await.BOOT);
            assertThat(ended.code()).isEqualTo(1);
            assertThat(ended.err()).contains("stopping");
        }
    }

    /// A session of its own, and no stream that leads to us.
    private static void assertHasNoTerminal(long pid, Path log) throws Exception {
        var process = Path.of("/proc", Long.toString(pid));
        var stat = Files.readString(process.resolve("stat"));
        var fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");

        assertThat(fields[3]).as("session").isEqualTo(Long.toString(pid));
        var fd = process.resolve("fd");
        assertThat(Files.readSymbolicLink(fd.resolve("0"))).isEqualTo(Path.of("/dev/null"));
        assertThat(Files.readSymbolicLink(fd.resolve("1"))).isEqualTo(Path.of("/dev/null"));
        assertThat(Files.readSymbolicLink(fd.resolve("2"))).isEqualTo(log);
    }
}
