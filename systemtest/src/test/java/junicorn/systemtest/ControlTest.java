package junicorn.systemtest;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;

/// An operator asks a running server.
@SystemTest
final class ControlTest {
    @Test
    void statusShowsTheWorkersAndWhatTheyRun() throws Exception {
        var launch = new Launch().workers(2);
        try (var server = launch.start();
                var slow = server.hold("a")) {
            int slot = server.busySlots().getFirst();

            var status = launch.ask("status");
            var json = launch.ask("status", "--json");

            assertThat(status.code()).as(status.text()).isZero();
            assertThat(status.out())
                    .contains("pid " + server.pid())
                    .contains("2 of 2 ready, 1 request running")
                    .containsPattern(
                            "%d\\*? +%d .*ready.*GET /slow\\?token=a"
                                    .formatted(slot, server.worker(slot).pid()));
            assertThat(json.out()).contains("\"pssBytes\" : ").contains("\"ready\" : 2");
            server.release();
            assertThat(slow.answer().status()).isEqualTo(200);
        }
    }

    @Test
    void scaleChangesTheNumberOfWorkers() {
        var launch = new Launch();
        try (var server = launch.start()) {
            var scaled = launch.ask("scale", "2");
            server.awaitReady(1);
            var tooMany = launch.ask("scale", "999999");
            var misused = launch.ask("scale");

            assertThat(scaled.out()).isEqualTo("2 workers wanted, before 1");
            assertThat(tooMany.code()).as(tooMany.text()).isEqualTo(1);
            assertThat(misused.code()).as(misused.text()).isEqualTo(2);
        }
    }

    @Test
    void stopShowsHowItGoesAndWaitsForTheEnd() throws Exception {
        var launch = new Launch();
        try (var server = launch.start()) {
            var stopped = launch.ask("stop");

            assertThat(stopped.code()).as(stopped.text()).isZero();
            assertThat(stopped.out()).isEqualTo("stopped");
            assertThat(stopped.err()).contains("stopping signal=TERM").contains("worker 0 stopped");
            assertThat(server.awaitExit().code()).isZero();
            var again = launch.ask("stop");
            assertThat(again.code()).isEqualTo(1);
            assertThat(again.err()).startsWith("junicorn: no server of yours runs here");
        }
    }

    @Test
    void theServerIsFoundByItsPidFileOrByTheSocketThatWasNamed() throws Exception {
        var byPid = new Launch().with("--pid", "shop.pid");
        try (var server = byPid.start()) {
            var socket = byPid.work().resolve("shop.control");
            var modes = Files.getPosixFilePermissions(socket);

            assertThat(PosixFilePermissions.toString(modes)).isEqualTo("rw-------");
            assertThat(byPid.ask("status", "--pid", "shop.pid").out())
                    .contains("pid " + server.pid());
            assertThat(byPid.ask("status", "--control-socket", "shop.control").code()).isZero();
            assertThat(byPid.ask("status", "--control-socket", "none.sock").err())
                    .contains("nobody answers at " + byPid.work().resolve("none.sock"));
        }
    }

    @Test
    void aSocketThatCannotBeMadeEndsTheStartOnlyIfItWasNamed() {
        var named = new Launch().with("--control-socket", "none/s").run();
        assertThat(named.code()).isEqualTo(1);
        assertThat(named.err()).contains("none/s");

        var launch = new Launch().environment("XDG_RUNTIME_DIR", "/proc/none");
        try (var server = launch.start()) {
            server.awaitLog("no control socket: .*--control-socket names another place");
        }
    }
}
