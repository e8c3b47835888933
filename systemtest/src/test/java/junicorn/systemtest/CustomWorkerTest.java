package junicorn.systemtest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import javax.tools.ToolProvider;
import junicorn.os.Processes;
import junicorn.os.Signal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A worker class of the user: the one that docs/operating/custom-worker.md shows.
@SystemTest
final class CustomWorkerTest {
    private static final Path PAGE = Path.of("..", "docs", "operating", "custom-worker.md");
    private static final Pattern EXAMPLE = Pattern.compile("(?s)```java\\R(.*?)```");

    @TempDir private Path classes;

    @Test
    void theExampleOfTheManualServesAndLosesNothingWhenItIsToldToStop() throws Exception {
        compileExample();
        try (var server = launch("example.OneByOne").workers(2).start();
                var load = Load.on(server.address(), 4).awaitCompleted(50)) {
            var first = server.worker(0);

            Processes.kill(first.pid(), Signal.TERM);

            server.awaitSuccessor(0, first);
            assertThat(load.awaitCompleted(50).stop().failures()).isEmpty();
            assertThat(server.worker(1).requests()).isPositive();
        }
    }

    @Test
    void aNameThatIsNoWorkerClassIsAFailedStartThatSaysWhy() {
        var missing = launch("example.Missing").run();
        var wrong = launch("java.lang.String").run();

        assertThat(missing.code()).isEqualTo(1);
        assertThat(missing.err()).contains("there is no worker class example.Missing");
        assertThat(wrong.code()).isEqualTo(1);
        assertThat(wrong.err()).contains("java.lang.String is no worker class");
    }

    private Launch launch(String workerClass) {
        return new Launch()
                .with("-k", workerClass, "-C", classes.toString())
                .application(Path.of("any.Thing"));
    }

    private void compileExample() throws IOException {
        var example = EXAMPLE.matcher(Files.readString(PAGE));
        assertThat(example.find()).isTrue();
        var source = Files.writeString(classes.resolve("OneByOne.java"), example.group(1));
        var compiler = ToolProvider.getSystemJavaCompiler();

        int result =
                compiler.run(
                        null,
                        null,
                        null,
                        "-proc:none",
                        "-cp",
                        api().toString(),
                        "-d",
                        classes.toString(),
                        source.toString());

        assertThat(result).isZero();
    }

    private static Path api() throws IOException {
        try (var jars = Files.list(Account.HOME.resolve("lib/worker"))) {
            return jars.filter(jar -> jar.getFileName().toString().startsWith("junicorn-api-"))
                    .findFirst()
                    .orElseThrow();
        }
    }
}
