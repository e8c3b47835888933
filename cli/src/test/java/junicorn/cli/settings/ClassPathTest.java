package junicorn.cli.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ClassPathTest {
    private static final Path HERE = Path.of("").toAbsolutePath();

    @TempDir Path folder = Path.of("");

    @BeforeEach
    void someEntries() throws IOException {
        Files.createDirectories(folder.resolve("classes"));
        Files.createDirectories(folder.resolve("lib"));
        Files.writeString(folder.resolve("text.jar"), "no zip");
        try (var zip = new ZipOutputStream(Files.newOutputStream(folder.resolve("lib/a.jar")))) {
            zip.putNextEntry(new ZipEntry("a"));
        }
    }

    @Test
    void entriesAreAbsoluteInTheirOrderAndMayCarryAStar() {
        var classPath =
                ClassPath.of(
                        List.of(at("lib/a.jar") + ":" + at("classes"), at("lib") + "/*"), HERE);

        assertThat(classPath)
                .containsExactly(
                        folder.resolve("lib/a.jar"),
                        folder.resolve("classes"),
                        folder.resolve("lib/*"));
    }

    @Test
    void anEmptyEntryIsTheCurrentDirectoryAsInJava() {
        assertThat(ClassPath.of(List.of(""), folder)).containsExactly(folder);
        assertThat(ClassPath.of(List.of(at("lib/a.jar") + ":"), HERE)).hasSize(2);
    }

    @ParameterizedTest
    @CsvSource({
        "none, there is no such file or directory",
        "none/*, there is no such directory",
        "classes/*, there is no jar",
        "text.jar, is no jar: zip",
    })
    void anEntryThatIsNotThereIsMisuse(String entry, String why) {
        assertThatThrownBy(() -> ClassPath.of(List.of(at("classes") + ":" + at(entry)), HERE))
                .isInstanceOf(Misuse.class)
                .hasMessageStartingWith("--class-path " + at(entry) + ": " + why);
    }

    @Test
    void relativeEntriesAreInTheGivenFolder() {
        assertThat(ClassPath.of(List.of("classes:lib/*"), folder))
                .containsExactly(folder.resolve("classes"), folder.resolve("lib/*"));
    }

    private String at(String name) {
        return folder + "/" + name;
    }
}
