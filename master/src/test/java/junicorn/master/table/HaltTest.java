package junicorn.master.table;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HaltTest {
    @TempDir private Path proc = Path.of("");

    @Test
    void theStateStandsBehindANameThatMayHoldAnything() throws Exception {
        assertThat(Halt.of("4711 (junicorn: worke) S 1 4711 4711 0")).isEqualTo(Halt.NONE);
        assertThat(Halt.of("4711 (a) T (b) R 1 4711 4711 0")).isEqualTo(Halt.NONE);
        assertThat(Halt.of("4711 (junicorn) T 1 4711")).isEqualTo(Halt.STOPPED);
        assertThat(Halt.of("4711 (junicorn) t 1 4711")).isEqualTo(Halt.TRACED);
        assertThat(Halt.of("")).isEqualTo(Halt.NONE);
    }

    @Test
    void nothingIsSaidOfAProcessThatIsGone() throws Exception {
        var directory = Files.createDirectory(proc.resolve("4711"));
        Files.writeString(directory.resolve("stat"), "4711 (java) T 1 4711");

        assertThat(Halt.of(proc, 4711)).isEqualTo(Halt.STOPPED);
        assertThat(Halt.of(proc, 4712)).isEqualTo(Halt.NONE);
    }
}
