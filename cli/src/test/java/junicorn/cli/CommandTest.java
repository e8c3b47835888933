package junicorn.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import junicorn.cli.settings.Settings;
import junicorn.cli.settings.Topic;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The command up to the point where it would start a process.
final class CommandTest {
    private final Map<String, String> environment = new HashMap<>();

    private record Ended(int code, String out, String err) {}

    @ParameterizedTest
    @CsvFileSource(resources = "misuse.csv", delimiter = '|', quoteCharacter = '`')
    void misuseIsOneLineThatSaysWhatIsWrongAndWhatIsRight(String words, String expected) {
        var ended = run(words == null ? new String[0] : words.split(" "));

        assertThat(ended.err())
                .isEqualTo(
                        "junicorn: "
                                + expected.replace("HERE", Path.of("").toAbsolutePath() + "")
                                + "\n");
        assertThat(ended.code()).isEqualTo(2);
        assertThat(ended.out()).isEmpty();
    }

    @Test
    void aWrongAddressIsMisuse() {
        var ended = run("--bind", "127.0.0.1:99999", "a.war");

        assertThat(ended.err()).startsWith("junicorn: --bind ").contains("99999").hasLineCount(1);
        assertThat(ended.code()).isEqualTo(2);
    }

    @Test
    void aWrongVariableIsMisuseThatNamesIt() {
        environment.put("WEB_CONCURRENCY", "lots");

        assertThat(run("a.war").err())
                .isEqualTo(
                        "junicorn: WEB_CONCURRENCY in the environment must be a number from 1 to"
                                + " 1024, was 'lots'\n");
    }

    @Test
    void anAccessLogThatCannotBeWrittenIsMisuse(@TempDir Path folder) throws IOException {
        System.setProperty("junicorn.home", folder.toString());
        Files.createDirectories(folder.resolve("lib/modules"));
        Files.createDirectories(folder.resolve("lib/worker"));
        Files.createDirectories(folder.resolve("app/WEB-INF"));
        var application = folder.resolve("app").toString();

        var missing = run("--access-logfile", folder + "/none/log", application);
        var directory = run("--access-logfile", folder.toString(), application);

        assertThat(missing.err()).contains("there is no folder " + folder + "/none");
        assertThat(directory.err()).contains("--access-logfile " + folder + " cannot be written");
        assertThat(missing.code()).isEqualTo(2);
        assertThat(directory.code()).isEqualTo(2);
    }

    @Test
    void helpSaysEveryOptionUnderItsTopic() {
        var ended = run("--help");

        assertThat(ended.code()).isZero();
        assertThat(ended.err()).isEmpty();
        for (var topic : Topic.values()) {
            assertThat(ended.out()).contains("\n" + topic.title() + ":\n");
        }
        for (var setting : Settings.ALL) {
            assertThat(ended.out()).contains(setting.flagsInHelp());
        }
        assertThat(ended.out().lines()).allMatch(line -> line.length() <= 80);
    }

    @Test
    void versionIsOneLine() {
        assertThat(run("-v").out()).startsWith("junicorn ").hasLineCount(1);
    }

    @Test
    void printConfigShowsEveryValueAndWhoSaidSo() {
        environment.put("PORT", "9000");
        environment.put("WEB_CONCURRENCY", "7");

        var ended = run("-t", "45", "--no-defer-accept", "--print-config", "--java-opts=-Xmx1g");

        assertThat(ended.code()).isZero();
        assertThat(ended.out().lines())
                .contains("graceful-timeout = \"30s\"", "# access-logfile =")
                .anyMatch(
                        line ->
                                line.matches(
                                        "bind = \\[\"0.0.0.0:9000\"] +# PORT in the environment"))
                .anyMatch(line -> line.matches("workers = 7 +# WEB_CONCURRENCY in the env.*"))
                .anyMatch(line -> line.matches("timeout = \"45s\" +# command line"))
                .anyMatch(line -> line.matches("no-defer-accept = true +# command line"))
                .anyMatch(line -> line.matches("java-opts = \\[\"-Xmx1g\"] +# command line"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"-Xmx1g", "-verbose:gc", "-Dbind=1", "--add-opens=a/b=ALL-UNNAMED", "-ea"})
    void anOptionOfTheJvmIsNotTakenForOneOfOurs(String option) {
        var two = run("--java-opts", option, "--print-config");
        var one = run("--java-opts=" + option, "--print-config");

        assertThat(two.out()).contains("\njava-opts = [\"" + option + "\"] ");
        assertThat(one.out()).isEqualTo(two.out());
    }

    @Test
    void theCommandLineWinsOverTheEnvironment() {
        environment.put("WEB_CONCURRENCY", "7");

        assertThat(run("-w", "3", "--print-config").out()).contains("\nworkers = 3 ");
    }

    @Test
    void withoutANumberOfWorkersTheMachineDecides() {
        assertThat(run("--print-config").out())
                .containsPattern("\nworkers = \\d+ +# 2 x cores \\+ 1");
    }

    private Ended run(String... words) {
        var out = new ByteArrayOutputStream();
        var err = new ByteArrayOutputStream();
        var code = new Command(environment, print(out), print(err)).run(words);
        return new Ended(
                code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    private static PrintStream print(ByteArrayOutputStream to) {
        return new PrintStream(to, true, StandardCharsets.UTF_8);
    }
}
