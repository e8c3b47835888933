package junicorn.worker.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class WorkDirectoryTest {
    @TempDir Path base;

    @Test
    void isForThisUserAloneAndGoneWhenClosed() throws IOException {
        try (var work = WorkDirectory.claim(base)) {
            Files.createDirectories(work.path().resolve("a/b"));
            Files.writeString(work.path().resolve("a/b/c"), "c");

            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(work.path())))
                    .isEqualTo("rwx------");
            assertThat(work.path().getFileName().toString())
                    .startsWith("junicorn-" + ProcessHandle.current().pid() + "-");
        }

        assertThat(base).isEmptyDirectory();
    }

    @Test
    void whatAKilledWorkerLeftIsSweptByTheNext() throws IOException {
        Files.createFile(base.resolve("junicorn-1-77.lock"));
        Files.createDirectories(base.resolve("junicorn-1-77/webapp/WEB-INF"));
        Files.createFile(base.resolve("junicorn-1-88.lock"));

        try (var work = WorkDirectory.claim(base)) {
            assertThat(names()).containsExactly(name(work), name(work) + ".lock");
        }
    }

    @Test
    void theLivingAndTheStrangersAreLeftAlone() throws IOException {
        var stranger = Files.createDirectory(base.resolve("junicorn-notes"));
        try (var neighbour = WorkDirectory.claim(base)) {
            WorkDirectory.claim(base).close();

            assertThat(neighbour.path()).exists();
            assertThat(stranger).exists();
        }
    }

    @Test
    void aLinkIsRemovedAndNotFollowed(@TempDir Path elsewhere) throws IOException {
        var precious = Files.createFile(elsewhere.resolve("precious"));
        Files.createFile(base.resolve("junicorn-1-77.lock"));
        Files.createSymbolicLink(base.resolve("junicorn-1-77"), elsewhere);
        try (var work = WorkDirectory.claim(base)) {
            Files.createSymbolicLink(work.path().resolve("link"), elsewhere);
        }

        assertThat(base).isEmptyDirectory();
        assertThat(precious).exists();
    }

    private List<String> names() throws IOException {
        try (var files = Files.list(base)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    private static String name(WorkDirectory work) {
        return work.path().getFileName().toString();
    }
}
