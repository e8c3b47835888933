package junicorn.systemtest;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A request that takes too long, and one that does not even end then.
@SystemTest
final class RequestTimeoutTest {
    @ParameterizedTest
    @ValueSource(strings = {"gthread", "virtual"})
    void aRequestThatDoesNotEndCostsItsWorkerAndNoOtherRequest(String workerClass)
            throws Exception {
        var launch =
                new Launch()
                        .workersAreKilled()
                        .with("-k", workerClass, "--request-timeout", "2s")
                        .with("--request-timeout-grace", "500ms", "--graceful-timeout", "3");
        try (var server =
                        (workerClass.equals("gthread") ? launch.with("--threads", "3") : launch)
                                .start();
                var load = Load.on(server.address(), 2)) {
            var victim = server.worker(0);

            assertThat(server.get("/hang").status()).isEqualTo(503);

            server.awaitLog("request timed out, answered status=503.* request=GET /hang HTTP/1.1");
            server.awaitLog("at fixture.Trouble.waitForEver");
            server.awaitLog("worker 0 is unfit, starting its successor pid=" + victim.pid());
            server.awaitReady(1);
            server.awaitLog("worker 0 retires, its successor is ready");
            server.awaitLog("worker 0 stopped .* pid=" + victim.pid());
            assertThat(load.awaitCompleted(10).stop().failures()).isEmpty();
        }
    }
}
