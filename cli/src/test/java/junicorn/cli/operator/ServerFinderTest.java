package junicorn.cli.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import junicorn.cli.line.Arguments;
import junicorn.cli.settings.Misuse;
import junicorn.master.control.ControlSocket;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Ring 2: which of the servers that answer is meant.
final class ServerFinderTest {
    @TempDir Path folder = Path.of("");

    private Path sockets = Path.of("");

    @BeforeEach
    void aFolderOfSockets() throws IOException {
        sockets = Files.createDirectory(folder.resolve("junicorn"));
    }

    @Test
    void theOnlyOneIsMeantUnlessAnotherAddressIsNamed() throws IOException {
        try (var _ = server("8000.control")) {
            assertThat(find().path()).contains(sockets.resolve("8000.control"));
            assertThat(find("-b", ":8000").path()).contains(sockets.resolve("8000.control"));

            var other = find("-b", "127.0.0.1:8001");

            assertThat(other.path()).isEmpty();
            assertThat(other.words())
                    .startsWith("no server of yours answers for --bind 127.0.0.1:8001 in ");
        }
    }

    @Test
    void theFilesAddressMayHaveChangedSinceTheStart() throws IOException {
        Files.writeString(folder.resolve("junicorn.toml"), "bind = \":8001\"\n");
        try (var _ = server("8000.control")) {
            assertThat(find().path()).contains(sockets.resolve("8000.control"));
        }
    }

    @Test
    void ofSeveralTheAddressSaysWhich() throws IOException {
        try (var _ = server("8000.control");
                var _ = server("8001.control")) {
            assertThat(find("-b", ":8001").path()).contains(sockets.resolve("8001.control"));
            assertThatThrownBy(this::find)
                    .isInstanceOf(Misuse.class)
                    .hasMessageContaining("2 servers answer");
            assertThat(find("-b", ":8002").path()).isEqualTo(Optional.empty());
        }
    }

    private ControlSocket server(String name) throws IOException {
        return ControlSocket.open(sockets.resolve(name), _ -> {});
    }

    private ServerFinder.Found find(String... words) {
        var environment = Map.of("XDG_RUNTIME_DIR", folder.toString());
        var values = Whereabouts.of(Arguments.parse(words), environment, folder, _ -> {});
        return ServerFinder.find(values, environment);
    }
}
