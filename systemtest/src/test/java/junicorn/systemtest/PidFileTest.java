package junicorn.systemtest;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import org.junit.jupiter.api.Test;

@SystemTest
final class PidFileTest {
    @Test
    void itNamesTheMasterRefusesAnotherAndGoesWithTheFirst() throws Exception {
        var launch = new Launch().with("--pid", "a.pid");
        var file = launch.work().resolve("a.pid");
        Files.writeString(file, "4194304\n"); // beyond all pids

        try (var server = launch.start()) {
            assertThat(server.err().text()).contains("a.pid was stale pid=4194304, replacing it");
            assertThat(file).hasContent(Long.toString(server.pid()));

            var second = new Launch().with("--pid", file.toString()).run();

            assertThat(second.code()).isEqualTo(1);
            assertThat(second.err()).contains("already running pid=" + server.pid());
            assertThat(file).hasContent(Long.toString(server.pid()));
        }
    }

    @Test
    void aStartThatFailsLeavesNone() {
        var ended = new Launch().mood("fail").with("--pid", "a.pid").run(); // looks for files

        assertThat(ended.code()).isEqualTo(1);
    }

    @Test
    void aNewMasterTakesTheFileWhenTheOldIsGone() throws Exception {
        var launch = new Launch().with("--pid", "a.pid");
        var file = launch.work().resolve("a.pid");
        try (var server = launch.start()) {
            var successor = NewMaster.beside(server);
            assertThat(file).hasContent(Long.toString(server.pid()));
            assertThat(launch.work().resolve("a.pid.2")).hasContent(Long.toString(successor.pid()));

            successor.takeOver().awaitSays("a.pid is ours");

            assertThat(file).hasContent(Long.toString(successor.pid()));
            assertThat(launch.work().resolve("a.pid.2")).doesNotExist();
            successor.stop();
        }
    }
}
