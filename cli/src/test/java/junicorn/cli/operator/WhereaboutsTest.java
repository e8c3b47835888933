package junicorn.cli.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import junicorn.cli.line.Arguments;
import junicorn.cli.settings.ControlSettings;
import junicorn.cli.settings.ServerSettings;
import junicorn.cli.settings.SocketSettings;
import junicorn.cli.settings.Values;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// How a running server is found when its file has mistakes in it by now.
final class WhereaboutsTest {
    @TempDir Path folder = Path.of("");

    private final List<String> notes = new ArrayList<>();

    @Test
    void whatIsUnderstoodOfABrokenFileCounts() throws IOException {
        write("pid = \"shop.pid\"\nwrokers = 3\ncontrol-socket = 7.5.1\n");

        assertThat(find().find(ServerSettings.PID)).hasValue("shop.pid");
        assertThat(notes).hasSize(1);
    }

    @Test
    void aWrongValueElsewhereIsNoReasonNotToAsk() throws IOException {
        write("pid = \"shop.pid\"\nworkers = 0\n");

        assertThat(find().find(ServerSettings.PID)).hasValue("shop.pid");
        assertThat(notes).containsExactly("junicorn.toml:2:1: workers must be at least 1, was 0");
    }

    @Test
    void whereEvenThatIsWrongTheFileIsLeftOut() throws IOException {
        write("bind = \"nonsense:nonsense\"\n");

        assertThat(find().origin(SocketSettings.BIND)).isEqualTo("default");
        assertThat(notes).hasSize(1);
    }

    @Test
    void aFileThatIsNamedMustBeThereAndACommandLineMustBeRight() throws IOException {
        write("workers = 0\n");

        assertThatThrownBy(() -> find("-c", "gone.toml")).hasMessageContaining("no such file");
        assertThatThrownBy(() -> find("--bind", "a:b")).hasMessageStartingWith("--bind");
    }

    @Test
    void aFileWithoutMistakesIsNotSpokenOf() throws IOException {
        write("control-socket = \"s\"\n");

        assertThat(find().find(ControlSettings.CONTROL_SOCKET)).hasValue("s");
        assertThat(notes).isEmpty();
    }

    private Values find(String... words) {
        return Whereabouts.of(Arguments.parse(words), Map.of(), folder, notes::add);
    }

    private void write(String text) throws IOException {
        Files.writeString(folder.resolve("junicorn.toml"), text);
    }
}
