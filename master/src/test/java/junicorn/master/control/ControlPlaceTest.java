package junicorn.master.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import junicorn.os.Users;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ControlPlaceTest {
    private static final ControlSocket.Inbox NOBODY = question -> question.reply().failed("no");

    @TempDir private Path directory = Path.of("");

    @Test
    void isBesideThePidFile() {
        assertThat(ControlPlace.beside(Path.of("/run/shop.pid")).path())
                .contains(Path.of("/run/shop.control"));
        assertThat(ControlPlace.beside(Path.of("/run/shop")).path())
                .contains(Path.of("/run/shop.control"));
    }

    @Test
    void isNamedByThePortOrTheSocket() {
        assertThat(ControlPlace.name("http://127.0.0.1:8000")).isEqualTo("8000.control");
        assertThat(ControlPlace.name("http://[::1]:80")).isEqualTo("80.control");
        assertThat(ControlPlace.name("127.0.0.1:8000")).isEqualTo("8000.control");
        assertThat(ControlPlace.name("unix:/run/shop.sock")).isEqualTo("shop.control");
    }

    @Test
    void theDirectoryIsTheUsersOwn() throws Exception {
        var place = ControlPlace.byPort(Map.of("XDG_RUNTIME_DIR", directory.toString()));
        var made = directory.resolve("junicorn");

        try (var door = Door.open(place, "http://x:1", false, NOBODY)) {
            assertThat(door.path()).contains(made.resolve("1.control"));
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(made)))
                    .isEqualTo("rwx------");
            assertThat(place.answering()).containsExactly(made.resolve("1.control"));
        }
        assertThat(made).isEmptyDirectory();
    }

    @ParameterizedTest
    @ValueSource(strings = {"rwxrwxrwx", "rwxrwx---", "rwx----w-"})
    void aDirectoryThatOthersMayWriteToIsNotUsed(String modes) throws Exception {
        var place = ControlPlace.byPort(Map.of("XDG_RUNTIME_DIR", directory.toString()));
        var foreign = Files.createDirectory(directory.resolve("junicorn"));
        Files.setPosixFilePermissions(foreign, PosixFilePermissions.fromString(modes));

        try (var door = Door.open(place, "http://x:1", false, NOBODY);
                var _ = ControlSocket.open(foreign.resolve("1.control"), NOBODY)) {
            assertThat(door.path()).isEmpty();
            assertThat(place.answering()).as("no stranger is asked").isEmpty();
        }
    }

    @Test
    void withoutARuntimeDirectoryItIsTheOneOfWhoeverRunsUs() {
        var mine = Users.me() == 0 ? "/run/junicorn" : "/tmp/junicorn-" + Users.me();

        assertThat(ControlPlace.byPort(Map.of()).directory()).contains(Path.of(mine));
    }

    @Test
    void twoServersOfOnePortHaveTwoSockets() throws Exception {
        var place = ControlPlace.byPort(Map.of("XDG_RUNTIME_DIR", directory.toString()));

        try (var _ = Door.open(place, "http://127.0.0.1:1", false, NOBODY);
                var _ = Door.open(place, "http://127.0.0.2:1", false, NOBODY)) {
            assertThat(place.answering()).hasSize(2);
        }
    }

    @Test
    void aPlaceThatTheOperatorNamedIsNotTakenFromAnother() throws Exception {
        var place = ControlPlace.at(directory.resolve("s"));

        try (var _ = Door.open(place, "http://x:1", false, NOBODY)) {
            assertThatThrownBy(() -> Door.open(place, "http://x:1", false, NOBODY))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("another server answers");
        }
    }

    @Test
    void aSocketThatWasRemovedIsMadeAnewAndOneThatANewMasterTookIsLeftToIt() throws Exception {
        var place = ControlPlace.at(directory.resolve("s"));
        try (var door = Door.open(place, "http://x:1", false, NOBODY)) {
            Files.delete(directory.resolve("s"));

            door.look();

            assertThat(ControlSocket.answers(directory.resolve("s"))).isTrue();
            var newMaster = Door.open(place, "http://x:1", true, NOBODY);
            var inode = Files.getAttribute(directory.resolve("s"), "unix:ino");
            door.look();
            assertThat(Files.getAttribute(directory.resolve("s"), "unix:ino")).isEqualTo(inode);
            newMaster.close();
            door.look();
            assertThat(ControlSocket.answers(directory.resolve("s"))).isTrue();
        }
        assertThat(directory).isEmptyDirectory();
    }
}
