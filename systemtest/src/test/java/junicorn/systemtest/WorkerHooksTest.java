package junicorn.systemtest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@SystemTest
final class WorkerHooksTest {
    @ParameterizedTest
    @ValueSource(strings = {"sync", "gthread", "virtual", "async"})
    void aHookIsToldOfEachTurnAndFailsNoRequest(String workerClass) throws Exception {
        try (var server = launch().with("-k", workerClass).start()) {
            assertThat(server.get("/a").body()).isEqualTo("/a");
            server.awaitLog("hook postRequest /a status=200");
            assertThat(server.get("/fail").body()).isEqualTo("/fail");

            server.awaitLog("hook postRequest /fail status=200");
            assertThat(server.err().text())
                    .containsSubsequence(
                            "hook postInit\n",
                            "worker 0 ready",
                            "hook preRequest GET /a\n",
                            "hook postRequest /a status=200\n",
                            "hook fixture.Hooks.preRequest failed",
                            "IllegalStateException: this hook fails");
        }
    }

    @Test
    void aHookThatHangsIsInterruptedAndCalledNoMore() throws Exception {
        try (var server = launch().start()) {
            assertThat(server.get("/hang").body()).isEqualTo("/hang");
            server.awaitLog("hook fixture.Hooks.preRequest has not returned, it is interrupted");
            int mark = server.err().mark();

            assertThat(server.get("/b").body()).isEqualTo("/b");
            assertThat(server.err().lines().subList(mark, server.err().lines().size()))
                    .noneMatch(line -> line.contains("/b"));
        }
    }

    @Test
    void aHookIsToldBeforeAStuckWorkerIsKilled() throws Exception {
        var launch = new Launch().with("--timeout", "1");
        launch.with("-C", hooks(launch).toString(), "-k", "sync");
        launch.application(Path.of("fixture.Exchanges::stuck"));
        try (var server = launch.start();
                var stuck = server.connect().get("/stuck")) {
            server.awaitLog("worker 0 stuck");
            server.awaitLog("hook workerAbort the worker makes no progress");
            server.awaitLog("worker 0 died .*signal=KILL");
            assertThat(stuck.endsWithoutAnswer()).isTrue();
        }
    }

    private static Launch launch() throws IOException {
        var launch = new Launch();
        return launch.with("-C", hooks(launch).toString())
                .application(Path.of("fixture.Exchanges::answers"));
    }

    /// A class path with the fixture and the service file that names its hook.
    private static Path hooks(Launch launch) throws IOException {
        var folder = launch.directory().resolve("classes");
        var services = Files.createDirectories(folder.resolve("META-INF/services"));
        Files.writeString(services.resolve("junicorn.api.WorkerHook"), "fixture.Hooks\n");
        var classes = Files.createDirectories(folder.resolve("fixture"));
        for (var name : new String[] {"Exchanges", "Hooks"}) {
            var file = name + ".class";
            try (var from = WorkerHooksTest.class.getResourceAsStream("/fixture/" + file)) {
                Files.copy(java.util.Objects.requireNonNull(from, file), classes.resolve(file));
            }
        }
        return folder;
    }
}
