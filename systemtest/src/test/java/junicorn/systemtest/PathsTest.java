package junicorn.systemtest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@SystemTest
final class PathsTest {
    @TempDir private Path temp = Path.of("");

    @Test
    void runsFromADirectoryWithSpacesAndServesAWarFromOne() throws Exception {
        var home = copy(Account.HOME, temp.resolve("my programs/juni corn"));
        var launch = new Launch().executable(home.resolve("bin/junicorn"));
        var directory = Files.createDirectory(temp.resolve("my applications"));
        var war = Wars.file(directory.resolve("my shop.war"), launch.moodFile());
        var socket = launch.work().resolve("my socket");
        try (var server = launch.application(war).bind("unix:" + socket).start()) {
            assertThat(server.get("/echo?token=a").body()).startsWith("a ");
        }
    }

    @Test
    void runsThroughASymbolicLink() throws Exception {
        var link = temp.resolve("my junicorn");
        Files.createSymbolicLink(link, Account.HOME.resolve("bin/junicorn"));
        try (var server = new Launch().executable(link).start()) {
            assertThat(server.get("/echo?token=a").body()).startsWith("a ");
        }
    }

    @Test
    void takesAPathFromWhereItWasStarted() throws Exception {
        var launch = new Launch().application(Path.of("../fixture.war"));
        Wars.file(launch.directory().resolve("fixture.war"), launch.moodFile());
        try (var server = launch.start()) {
            assertThat(server.get("/echo?token=a").body()).startsWith("a ");
        }
    }

    private static Path copy(Path from, Path to) throws IOException {
        try (var files = Files.walk(from)) {
            for (var file : files.toList()) {
                var copy = to.resolve(from.relativize(file).toString());
                Files.createDirectories(copy.getParent());
                Files.copy(file, copy, StandardCopyOption.COPY_ATTRIBUTES);
            }
        }
        return to;
    }
}
