package junicorn.master.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class WorkerCommandTest {
    @TempDir Path folder = Path.of("");

    @Test
    void indexAndGenerationAreThoseOfTheWorker() {
        var command =
                new WorkerCommand(
                        Path.of("/java"),
                        List.of("-Da={index}{index}", "-Db=gc-{index}-{generation}.log", "-Dc={x}"),
                        List.of(),
                        List.of(Path.of("/a.jar")),
                        "Main");

        assertThat(command.arguments(3, 7))
                .contains("-Da=33", "-Db=gc-3-7.log", "-Dc={x}", "slot=3", "generation=7");
    }

    @Test
    void aStarIsAllJarsThatLieThereNow() throws IOException {
        var classes = Path.of("/classes");
        var entry = folder.resolve("*");
        Files.createFile(folder.resolve("b.jar"));
        Files.createFile(folder.resolve("notes.txt"));
        assertThat(JarFolder.expanded(List.of(classes, entry)))
                .containsExactly(classes, folder.resolve("b.jar"));

        Files.createFile(folder.resolve("a.JAR"));

        assertThat(JarFolder.expanded(List.of(entry, classes)))
                .containsExactly(folder.resolve("a.JAR"), folder.resolve("b.jar"), classes);
    }
}
