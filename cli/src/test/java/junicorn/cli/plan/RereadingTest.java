package junicorn.cli.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import junicorn.cli.line.Arguments;
import junicorn.log.Log;
import junicorn.master.settings.MasterSettings.Unreadable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a reload finds in the file, and says of it.
final class RereadingTest {
    @TempDir Path folder = Path.of("");

    @BeforeEach
    void aDistributionAndAnApplication() throws IOException {
        System.setProperty("junicorn.home", folder.toString());
        Files.createDirectories(folder.resolve("lib/modules"));
        Files.createDirectories(folder.resolve("lib/worker"));
        Files.createDirectories(folder.resolve("app/WEB-INF"));
    }

    @Test
    void theFileIsReadAnewAndTheCommandLineStillWins() throws Exception {
        write("workers = 1\ntimeout = 5\n");
        var arguments = Arguments.parse("--workers", "2", "app");
        var first = read(arguments);
        var reader = new Rereading(arguments, Map.of(), folder, first);

        write("workers = 3\ntimeout = 7\n[env]\nA = \"b\"\n");
        var settings = reader.read(first.settings());

        assertThat(settings.workers()).isEqualTo(2);
        assertThat(settings.timeout()).hasSeconds(7);
        assertThat(settings.command().surroundings().environment()).isEqualTo(Map.of("A", "b"));
    }

    @Test
    void aFileThatIsBrokenByNowIsToldInWords() throws Exception {
        write("workers = 1\n");
        var arguments = Arguments.parse("app");
        var first = read(arguments);
        var reader = new Rereading(arguments, Map.of(), folder, first);
        var settings = first.settings();

        write("workers = 1\nwrokers = 2\n");
        assertThatThrownBy(() -> reader.read(settings))
                .isInstanceOf(Unreadable.class)
                .hasMessage("junicorn.toml:2:1: unknown key wrokers; did you mean workers?");

        Files.delete(folder.resolve("app/WEB-INF"));
        write("workers = 1\n");
        assertThatThrownBy(() -> reader.read(settings)).hasMessageContaining("it has no WEB-INF");
    }

    @Test
    void theLogTellsWhatIsDifferentAndKeepsSecrets() throws Exception {
        write("timeout = 5\nbacklog = 1\n");
        var before = read(Arguments.parse("app")).values();

        write("timeout = 7\nbacklog = 2\n[env]\nPASSWORD = \"secret\"\n");
        var after = read(Arguments.parse("app")).values();

        assertThat(Rereading.changes(before, after))
                .containsExactly(
                        "backlog 1 -> 2 (junicorn.toml:2), at the next start",
                        "timeout 5s -> 7s (junicorn.toml:1)",
                        "env (junicorn.toml:3)");
        assertThat(Rereading.changes(after, after)).isEmpty();
    }

    @Test
    void whatIsDifferentIsSaidOfWhatIsInForceNotOfWhatFailed() throws Exception {
        write("timeout = 5\n");
        var arguments = Arguments.parse("app");
        var first = read(arguments);
        var reader = new Rereading(arguments, Map.of(), folder, first);
        var inForce = first.settings();
        var log = new StringBuilder();
        Log.tell(log::append);

        write("timeout = 7\n");
        reader.read(inForce); // and its workers do not start, say
        var next = reader.read(inForce);
        reader.read(next);

        Log.tell(_ -> {});
        assertThat(log.toString().lines().map(line -> line.replaceAll(".*INFO. ", "")))
                .containsExactly(
                        "configuration: timeout 5s -> 7s (junicorn.toml:1)",
                        "configuration: timeout 5s -> 7s (junicorn.toml:1)",
                        "configuration is unchanged");
    }

    private Configuration read(Arguments arguments) {
        return Configuration.read(arguments, Map.of(), folder);
    }

    private void write(String text) throws IOException {
        Files.writeString(folder.resolve("junicorn.toml"), text);
    }
}
