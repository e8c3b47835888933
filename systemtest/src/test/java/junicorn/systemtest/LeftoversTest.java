package junicorn.systemtest;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The proof that nothing is left can fail: on things that are left by intent.
final class LeftoversTest {
    @TempDir private Path temp = Path.of("");

    @Test
    void aProcessIsFoundByItsDirectoryItsEnvironmentOrItsArguments() throws Exception {
        var inside = new ProcessBuilder("sleep", "60").directory(temp.toFile());
        var marked = new ProcessBuilder("sleep", "60");
        marked.environment().put("MARK", temp.toString());
        var named = new ProcessBuilder("tail", "-f", "/dev/null", temp.toString());

        assertFound(inside);
        assertFound(marked);
        assertFound(named);
    }

    private void assertFound(ProcessBuilder command) throws Exception {
        var process = command.start();
        try {
            Await.until(
                    "the process",
                    Await.SOON,
                    () -> Leftovers.processes(temp),
                    found -> found.stream().anyMatch(it -> it.startsWith(process.pid() + " ")));
        } finally {
            process.destroyForcibly().waitFor();
        }
        assertThat(Leftovers.processes(temp)).isEmpty();
    }

    @Test
    void aListenerIsFound() throws Exception {
        int port;
        try (var listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = listener.getLocalPort();
            assertThat(Leftovers.listening(port)).isTrue();
        }
        assertThat(Leftovers.listening(port)).isFalse();
    }

    @Test
    void aFileIsFound() throws Exception {
        Files.createFile(temp.resolve("a"));

        assertThat(Leftovers.files(temp)).containsExactly("a");
    }
}
