package junicorn.systemtest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import junicorn.os.Signal;
import org.junit.jupiter.api.Test;

/// The file, `JUNICORN_CMD_ARGS`, and what workers find around them.
@SystemTest
final class ConfigurationTest {
    @Test
    void theFileTheVariableAndTheCommandLineAreOneConfiguration() throws Exception {
        var launch =
                new Launch()
                        .leaves("junicorn.toml", "live")
                        .environment("JUNICORN_CMD_ARGS", "--threads 3 --worker-class sync")
                        .with("--env", "SPEED=7");
        Files.createDirectory(launch.work().resolve("live"));
        write(
                launch,
                """
                worker-class = "virtual"
                chdir = "live"

                [env]
                MODE = "test"
                SPEED = 1
                """);

        try (var server = launch.start()) {
            var worker = Path.of("/proc", Long.toString(server.worker(0).pid()));

            assertThat(server.err().text())
                    .contains("using worker class gthread workers=1 threads=3");
            assertThat(Files.readSymbolicLink(worker.resolve("cwd")))
                    .isEqualTo(launch.work().resolve("live"));
            assertThat(Files.readString(worker.resolve("environ")).split("\0"))
                    .contains("MODE=test", "SPEED=7", "JUNICORN_WORKER=0");
            assertThat(server.get("/echo?token=a").status()).isEqualTo(200);
        }
    }

    @Test
    void theFileAloneIsEnough() throws Exception {
        var launch = new Launch().leaves("junicorn.toml");
        write(launch, "app = \"%s\"\nworkers = 3\n".formatted(launch.fixture()));

        var printed = launch.run("--print-config");

        assertThat(printed.out())
                .containsPattern("app = .*fixture.war\" +# junicorn.toml:1")
                .containsPattern("workers = 3 +# junicorn.toml:2");
        assertThat(printed.code()).isZero();
    }

    @Test
    void aBrokenFileIsToldInOneLineWithItsPlace() throws Exception {
        var ended = launch("workers = 1\ntimout = 3\n").run("app.war");

        assertThat(ended.err())
                .isEqualTo(
                        "junicorn: junicorn.toml:2:1: unknown key timout; did you mean timeout?");
        assertThat(ended.code()).isEqualTo(2);
    }

    @Test
    void aReloadReadsTheFileAnewAndABrokenOneChangesNothing() throws Exception {
        var launch = launch("[env]\nMODE = \"one\"\n");
        try (var server = launch.start()) {
            write(launch, "wrokers = 3\n");
            server.signal(Signal.HUP);
            server.awaitLog("junicorn.toml:1:1: unknown key wrokers; did you mean workers");
            assertThat(server.get("/echo?token=a").status()).isEqualTo(200);
            assertThat(environment(server.worker(0).pid())).contains("MODE=one");

            write(launch, "[env]\nMODE = \"two\"\n");
            int mark = server.err().mark();
            server.signal(Signal.HUP);
            server.err().await(mark, "configuration: env .junicorn.toml:1", Await.BOOT);
            var ready = server.err().await(mark, "worker \\d+ ready pid=(\\d+)", Await.BOOT);
            server.err().await(mark, "generation \\d is live", Await.BOOT);

            assertThat(environment(Long.parseLong(ready.group(1)))).contains("MODE=two");
            assertThat(server.get("/echo?token=b").status()).isEqualTo(200);
        }
    }

    private static String[] environment(long pid) throws IOException {
        return Files.readString(Path.of("/proc", Long.toString(pid), "environ")).split("\0");
    }

    private static Launch launch(String file) throws IOException {
        var launch = new Launch().leaves("junicorn.toml");
        write(launch, file);
        return launch;
    }

    private static void write(Launch launch, String file) throws IOException {
        Files.writeString(launch.work().resolve("junicorn.toml"), file);
    }
}
