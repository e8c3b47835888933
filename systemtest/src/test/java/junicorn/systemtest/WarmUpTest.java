package junicorn.systemtest;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@SystemTest
final class WarmUpTest {
    @ParameterizedTest
    @ValueSource(strings = {"sync", "gthread", "virtual", "async"})
    void aWorkerIsReadyWhenItHasAnsweredItselfAndNobodyIsToldOfIt(String workerClass)
            throws Exception {
        var launch = new Launch().with("-k", workerClass, "--access-logfile", "-");
        launch.with("--max-requests", "5", "--warmup", "/echo?token=warm*30", "--warmup", "/none");
        try (var server = launch.start()) {
            assertThat(server.get("/echo?token=client").status()).isEqualTo(200);

            server.awaitLog("worker 0 ready");
            var lines = server.err().text();
            assertThat(lines.indexOf("warmed up requests=31 took="))
                    .isBetween(0, lines.indexOf("worker 0 ready"));
            assertThat(lines).contains("GET /none is answered status=404, is it what you meant?");
            server.out().await("token=client", Await.SOON);
            assertThat(server.out().text()).doesNotContain("warm", "none");
            server.awaitWorker(0, view -> view.requests() == 1);
        }
    }

    @Test
    void aRequestThatFailsIsLoggedAndTheWorkerServesAllTheSame() throws Exception {
        try (var server = new Launch().with("--warmup", "/fail*9").start()) {
            server.awaitLog("warm-up request GET /fail failed: status=500 \\(request 1 of 9\\)");
            server.awaitLog("warmed up requests=1 took=\\d+ms failures=1");

            assertThat(server.get("/echo?token=a").status()).isEqualTo(200);
        }
    }

    @Test
    void aRequestThatFailsMakesTheStartFailIfItIsStrict() {
        var ended = new Launch().with("--warmup", "/fail", "--warmup-strict").run();

        assertThat(ended.code()).isEqualTo(1);
        assertThat(ended.err())
                .contains("warm-up request GET /fail failed: status=500 (request 1 of 1)")
                .contains("giving up");
        assertThat(Arrays.asList(ended.err().split("\n"))).noneMatch(it -> it.contains(" ready "));
    }
}
