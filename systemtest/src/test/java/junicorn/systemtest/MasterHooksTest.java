package junicorn.systemtest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import junicorn.os.Processes;
import junicorn.os.Signal;
import org.junit.jupiter.api.Test;

@SystemTest
final class MasterHooksTest {
    /// And what is to be written down of each.
    private static final Map<String, String> MOMENTS =
            Map.of(
                    "on_starting", "",
                    "when_ready", "",
                    "pre_spawn", "$JUNICORN_WORKER",
                    "worker_ready", "$JUNICORN_WORKER $JUNICORN_WORKER_PID",
                    "worker_exit", "$JUNICORN_WORKER_PID $JUNICORN_EXIT",
                    "nworkers_changed", "$JUNICORN_WORKERS_BEFORE to $JUNICORN_WORKERS",
                    "on_exit", "");

    @Test
    void commandsHearOfAllThatHappens() {
        var launch = new Launch().leaves("heard");
        var heard = launch.work().resolve("heard");
        MOMENTS.forEach(
                (moment, facts) ->
                        launch.with(
                                "--hook", moment + "=echo $JUNICORN_HOOK " + facts + " >> heard"));
        try (var server = launch.workersAreKilled().start()) {
            var first = server.worker(0);
            Processes.kill(first.pid(), Signal.KILL);
            var successor = server.awaitSuccessor(0, first);
            server.signal(Signal.TTIN);
            var second = server.awaitReady(1);
            server.signal(Signal.TERM);
            assertThat(server.awaitExit().code()).isZero();

            assertThat(lines(heard))
                    .startsWith(
                            "on_starting",
                            "pre_spawn 0",
                            "worker_ready 0 " + first.pid(),
                            "when_ready",
                            "worker_exit " + first.pid() + " signal=KILL",
                            "pre_spawn 0")
                    .contains("worker_ready 0 " + successor.pid())
                    .containsSubsequence(
                            "nworkers_changed 1 to 2",
                            "pre_spawn 1",
                            "worker_ready 1 " + second.pid(),
                            "worker_exit " + second.pid() + " code=0")
                    .endsWith("on_exit");
        }
    }

    @Test
    void aHookThatFailsOrHangsHoldsUpNothing() throws Exception {
        var launch =
                new Launch()
                        .with("--hook", "pre_spawn=exit 7", "--hook", "worker_ready=sleep 300")
                        .with("--hook-timeout", "1s");
        try (var server = launch.start()) {
            assertThat(server.get("/echo?token=a").status()).isEqualTo(200);
            server.awaitLog("hook 'exit 7' failed at pre_spawn: code=7");
            server.awaitLog("hook 'sleep 300' failed at worker_ready: not done after 1s, killed");
        }
    }

    private static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file).stream().map(String::strip).toList();
        } catch (IOException missing) {
            throw new UncheckedIOException(missing);
        }
    }
}
