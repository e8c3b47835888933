package junicorn.cli.line;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import junicorn.cli.plan.Configuration;
import junicorn.cli.plan.MemoryPlan;
import junicorn.cli.plan.Report;
import junicorn.cli.settings.DeadlineSettings;
import junicorn.cli.settings.HookOptions;
import junicorn.cli.settings.LimitSettings;
import junicorn.cli.settings.Misuse;
import junicorn.cli.settings.ProcessSettings;
import junicorn.cli.settings.ServerSettings;
import junicorn.cli.settings.Settings;
import junicorn.cli.settings.SocketSettings;
import junicorn.cli.settings.Values;
import junicorn.hooks.HookSettings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;

/// What the file, `JUNICORN_CMD_ARGS` and the command line come to together.
final class ConfigFileTest {
    @TempDir Path folder = Path.of("");

    private final Map<String, String> environment = new HashMap<>();

    @Test
    void everyKindOfSettingHasItsFormInToml() {
        write(
                """
                app = "shop.war"
                bind = ["127.0.0.1:8001", "unix:a.sock"]
                workers = 3
                timeout = 45
                graceful-timeout = "2m"
                limit-request-body = "10m"
                no-defer-accept = true
                java-opts = "-Xmx1g"

                [env]
                MODE = "test"
                SIZE = 7
                """);

        var values = read();

        assertThat(values.get(Settings.APP)).isEqualTo("shop.war");
        assertThat(values.get(SocketSettings.BIND)).hasSize(2);
        assertThat(values.get(ProcessSettings.WORKERS)).isEqualTo(3);
        assertThat(values.get(DeadlineSettings.TIMEOUT)).isEqualTo(Duration.ofSeconds(45));
        assertThat(values.get(DeadlineSettings.GRACEFUL_TIMEOUT)).isEqualTo(Duration.ofMinutes(2));
        assertThat(values.get(LimitSettings.LIMIT_REQUEST_BODY)).isEqualTo(10L << 20);
        assertThat(values.get(SocketSettings.NO_DEFER_ACCEPT)).isTrue();
        assertThat(values.get(ProcessSettings.JAVA_OPTS)).containsExactly("-Xmx1g");
        assertThat(values.variables()).isEqualTo(Map.of("MODE", "test", "SIZE", "7"));
    }

    @Test
    void aMomentMayHaveSeveralHooksAndTheCommandLineAddsMore() {
        write("[hooks]\nwhen_ready = [\"a 'b'\", \"c\"]\non_exit = \"d=e\"\n");

        var hooks = read("--hook", "on_exit=f").get(HookOptions.HOOK);

        assertThat(hooks)
                .extracting(HookSettings.Command::toString)
                .containsExactly("when_ready=a 'b'", "when_ready=c", "on_exit=d=e", "on_exit=f");
    }

    @ParameterizedTest
    @CsvFileSource(resources = "broken.csv", delimiter = '|', quoteCharacter = '`')
    void aBrokenFileIsToldByLineAndColumn(String text, String expected) {
        write(text.replace("\\n", "\n"));

        assertThatThrownBy(() -> read())
                .isInstanceOf(Misuse.class)
                .hasMessageStartingWith("junicorn.toml:" + expected);
    }

    @Test
    void theOrderIsFileThenVariableThenCommandLine() {
        environment.put("WEB_CONCURRENCY", "9");
        environment.put("JUNICORN_CMD_ARGS", "--threads 2 --timeout '7s'");
        write("workers = 3\nthreads = 1\ntimeout = 1\n");

        var values = read("--timeout", "8s");

        assertThat(values.get(ProcessSettings.WORKERS)).isEqualTo(3);
        assertThat(values.origin(ProcessSettings.WORKERS)).isEqualTo("junicorn.toml:1");
        assertThat(values.get(ProcessSettings.THREADS)).isEqualTo(2);
        assertThat(values.origin(ProcessSettings.THREADS)).isEqualTo("JUNICORN_CMD_ARGS");
        assertThat(values.get(DeadlineSettings.TIMEOUT)).isEqualTo(Duration.ofSeconds(8));
    }

    @Test
    void theCommandLineAddsToTheVariablesOfTheFileAndTakesAFlagBack() {
        write("reuse-port = true\n[env]\nMODE = \"live\"\nURL = \"a=b\"\n");

        var values = read("--env", "MODE=test", "--reuse-port=false");

        assertThat(values.variables()).isEqualTo(Map.of("MODE", "test", "URL", "a=b"));
        assertThat(values.origin(ServerSettings.ENV)).isEqualTo("junicorn.toml:2, command line");
        assertThat(values.get(SocketSettings.REUSE_PORT)).isFalse();
    }

    @Test
    void aWrongValueIsRefusedWhereverItStands() {
        write("workers = 0\n");
        assertThatThrownBy(() -> read("--workers", "2"))
                .hasMessage("junicorn.toml:1:1: workers must be at least 1, was 0");

        write("");
        environment.put("JUNICORN_CMD_ARGS", "--workers 0");
        assertThatThrownBy(() -> read())
                .hasMessage("JUNICORN_CMD_ARGS: --workers must be at least 1, was 0");

        environment.put("JUNICORN_CMD_ARGS", "--wrokers 1");
        assertThatThrownBy(() -> read())
                .hasMessage("JUNICORN_CMD_ARGS: unknown option --wrokers; did you mean --workers?");
    }

    @Test
    @Timeout(20)
    void aPipeIsNotReadForEver() throws Exception {
        var pipe = folder.resolve("junicorn.toml");
        assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();

        assertThatThrownBy(() -> read()).hasMessage(pipe + " is not a regular file");
    }

    @Test
    void aNamedFileMustBeThereTheUsualOneNeedNot() {
        assertThat(read().origin(ProcessSettings.WORKERS)).isEqualTo("default");
        assertThatThrownBy(() -> read("-c", "none.toml"))
                .hasMessage("--config " + folder + "/none.toml: there is no such file");
        assertThatThrownBy(() -> read("-c", "."))
                .hasMessageStartingWith("--config " + folder)
                .hasMessageEndingWith("cannot be read: Is a directory");
        environment.put("JUNICORN_CMD_ARGS", "-c none.toml");
        assertThatThrownBy(() -> read()).hasMessageStartingWith("JUNICORN_CMD_ARGS: --config /");
    }

    @Test
    void relativePathsStartFromChdirAndTheFileWhereTheCommandIsCalled() throws IOException {
        Files.createDirectory(folder.resolve("live"));
        write("chdir = \"live\"\n");

        assertThat(read().path("shop.war")).isEqualTo(folder.resolve("live/shop.war"));
        write("chdir = \"gone\"\n");
        assertThatThrownBy(() -> read())
                .hasMessage(
                        "--chdir gone (junicorn.toml:1): there is no directory %s/gone", folder);
    }

    @Test
    void whatPrintConfigPrintsIsAFileThatSaysTheSame() throws IOException {
        write("bind = [\"127.0.0.1:8001\", \"[::1]:1\"]\n[env]\nA = \"\\\"\\\\ü\\t'\"\n");
        var values =
                read(
                        "--timeout",
                        "500ms",
                        "-C",
                        "a:b",
                        "--java-opts=-Xmx1g '-Dx=1 2'",
                        "--warmup=/a*3",
                        "--warmup",
                        "/b",
                        "--hook=on_exit=a b");
        var printed = Report.text(values, plan(values));

        write(printed);
        var again = read();

        assertThat(Report.text(again, plan(again)).replaceAll(" +# .*", ""))
                .isEqualTo(printed.replaceAll(" +# .*", ""));
        assertThat(again.variables()).isEqualTo(Map.of("A", "\"\\ü\t'"));
        assertThat(printed)
                .contains("warmup = [\"/a*3\", \"/b\"]", "hook = [\"on_exit=a b\"]")
                .containsPattern("\ntimeout = \"500ms\" +# command line\n")
                .containsPattern("\nbind = \\[.*] +# junicorn.toml:1\n".substring(2));
    }

    private static MemoryPlan plan(Values values) {
        return new MemoryPlan(
                values.find(ProcessSettings.WORKERS).orElse(2), Optional.empty(), "two", true);
    }

    private Values read(String... words) {
        return Configuration.read(Arguments.parse(words), environment, folder).values();
    }

    private void write(String text) {
        try {
            Files.writeString(folder.resolve("junicorn.toml"), text);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
