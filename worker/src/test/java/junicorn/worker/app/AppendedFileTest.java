package junicorn.worker.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AppendedFileTest {
    private static final int LINES = 2000;

    @TempDir private Path folder;

    @Test
    void noLineIsLostOrTornWhileTheFileIsRotated() throws Exception {
        var log = folder.resolve("a.log");
        var threads = new ArrayList<Thread>();
        int rotations = 0;
        try (var file = new AppendedFile(log.toString())) {
            for (int t = 0; t < 4; t++) {
                threads.add(Thread.ofPlatform().start(() -> write(file)));
            }
            while (threads.stream().anyMatch(Thread::isAlive)) {
                Files.move(log, folder.resolve("a.log." + rotations));
                rotations++;
                file.reopen();
            }
        }

        var lines = new ArrayList<>(Files.readAllLines(log));
        for (int i = 0; i < rotations; i++) {
            lines.addAll(Files.readAllLines(folder.resolve("a.log." + i)));
        }
        assertThat(lines).hasSize(4 * LINES).allMatch("a line of the log"::equals);
    }

    @Test
    void aFileThatCannotBeOpenedLeavesTheOldOneInPlace() throws Exception {
        var inner = Files.createDirectory(folder.resolve("inner"));
        var log = inner.resolve("a.log");
        try (var file = new AppendedFile(log.toString())) {
            var moved = folder.resolve("moved.log");
            Files.move(log, moved);
            Files.delete(inner);

            assertThatThrownBy(file::reopen).isInstanceOf(IOException.class);
            file.write("still here".getBytes(StandardCharsets.UTF_8));

            assertThat(moved).hasContent("still here");
        }
    }

    @Test
    void whatIsClosedSaysSo() throws Exception {
        var file = new AppendedFile(folder.resolve("a.log").toString());

        file.close();

        assertThatThrownBy(() -> file.write(1)).hasMessageEndingWith("a.log is closed");
    }

    private static void write(AppendedFile file) {
        var line = "a line of the log\n".getBytes(StandardCharsets.UTF_8);
        try {
            for (int i = 0; i < LINES; i++) {
                file.write(line);
            }
        } catch (IOException lost) {
            throw new UncheckedIOException(lost);
        }
    }
}
