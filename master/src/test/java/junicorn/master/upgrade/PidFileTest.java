package junicorn.master.upgrade;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class PidFileTest {
    private static final long PID = ProcessHandle.current().pid();

    @TempDir Path folder = Path.of("");

    @Test
    void itNamesUsWhileItIsOpenAndGoesWithUs() throws Exception {
        var path = folder.resolve("a.pid");

        try (var _ = claim(path)) {
            assertThat(path).hasContent(Long.toString(PID));
            assertThat(PidFile.read(path)).isEqualTo(PID);
            assertThat(files()).containsExactly("a.pid");
        }

        assertThat(files()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "2147483647", "", "4194304\n"})
    void aFileThatNamesNoMasterIsStale(String content) throws Exception {
        var path = Files.writeString(folder.resolve("a.pid"), content);

        try (var _ = claim(path)) {
            assertThat(PidFile.read(path)).isEqualTo(PID);
        }

        assertThat(files()).isEmpty();
    }

    @Test
    void aMasterThatLivesKeepsItsFile() throws Exception {
        var other = new ProcessBuilder("sh", "-c", "read junicorn.cli").start();
        try {
            var path = Files.writeString(folder.resolve("a.pid"), other.pid() + "\n");

            assertThatThrownBy(() -> claim(path))
                    .hasMessage("already running pid=%d, as %s says", other.pid(), path);
            assertThat(path).hasContent(Long.toString(other.pid()));
            assertThat(files()).containsExactly("a.pid");
        } finally {
            other.destroyForcibly().waitFor(10, TimeUnit.SECONDS);
        }
    }

    @Test
    void whatIsNoPidFileStays() throws IOException {
        var text = Files.writeString(folder.resolve("letter"), "Dear Sir");
        var directory = Files.createDirectory(folder.resolve("directory"));

        assertThatThrownBy(() -> claim(text)).hasMessageContaining("is not a pid file");
        assertThatThrownBy(() -> claim(directory)).hasMessageContaining("a directory");
        assertThatThrownBy(() -> claim(folder.resolve("no/a.pid")))
                .hasMessageContaining("no such directory");
        assertThat(files()).containsExactly("directory", "letter");
        assertThat(text).hasContent("Dear Sir");
    }

    @Test
    void theFileOfASuccessorStays() throws Exception {
        var path = folder.resolve("a.pid");
        var file = claim(path);
        Files.writeString(path, "17\n");

        file.close();

        assertThat(path).hasContent("17");
    }

    @Test
    void aNewMasterWaitsBesideTheOldAndThenTakesItsFile() throws Exception {
        var path = Files.writeString(folder.resolve("a.pid"), "17\n");
        try (var file = PidFile.claim(Optional.of(path), true)) {
            assertThat(path).hasContent("17");
            assertThat(files()).containsExactly("a.pid", "a.pid.2");

            file.succeed();

            assertThat(files()).containsExactly("a.pid");
            assertThat(PidFile.read(path)).isEqualTo(PID);
        }
        assertThat(files()).isEmpty();
    }

    @Test
    void whereNoneIsWantedNothingIsDone() throws Exception {
        try (var file = PidFile.claim(Optional.empty(), true)) {
            file.succeed();
        }
        assertThat(files()).isEmpty();
    }

    private static PidFile claim(Path path) throws PidFile.Taken {
        return PidFile.claim(Optional.of(path), false);
    }

    private List<String> files() throws IOException {
        try (var files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }
}
