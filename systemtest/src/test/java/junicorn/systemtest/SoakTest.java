package junicorn.systemtest;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import junicorn.os.Processes;
import junicorn.os.Signal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// `./build soak MINUTES` makes it as long as one likes, and `junicorn.soak.seed` the same again.
@SystemTest
final class SoakTest {
    private static final int WORKERS = 2;
    private static final Duration LENGTH =
            Duration.ofMinutes(Long.getLong("junicorn.soak.minutes", 1));
    private static final long SEED = Long.getLong("junicorn.soak.seed", System.nanoTime());

    @Test
    @Timeout(value = 2, unit = TimeUnit.DAYS) // each wait in it has its own end
    void whateverIsDoneToTheServerOnlyAKilledWorkerLosesRequests() throws Exception {
        tell("soak of %s with seed %d".formatted(LENGTH, SEED));
        var timeout = Long.toString(Soak.TIMEOUT.toSeconds());
        var launch =
                new Launch()
                        .workers(WORKERS)
                        .workersAreKilled()
                        .with("--threads", "4", "--timeout", timeout);
        try (var server = launch.start();
                var single = Load.on(server.address(), 2).awaitCompleted(20);
                var kept = Load.keepingAlive(server.address(), 2).awaitCompleted(20)) {
            var soak = new Soak(server, WORKERS, List.of(single, kept), SEED);
            try {
                soak.run(LENGTH);
                var completed = single.stop().completed() + kept.stop().completed();
                tell("%s; %d requests were answered".formatted(soak.summary(), completed));
            } catch (AssertionError failed) {
                throw new AssertionError("seed %d, %s".formatted(SEED, soak), failed);
            } finally {
                Processes.kill(soak.master(), Signal.TERM);
            }

            assertThat(server.awaitExit().err())
                    .doesNotContain("the master's loop failed")
                    .doesNotContain("did not stop in time");
            assertThat(Leftovers.files(server.directory().resolve("temp")))
                    .as("only who was killed leaves what it had unpacked")
                    .hasSizeLessThanOrEqualTo(soak.kills());
        }
    }

    private static void tell(String words) {
        System.getLogger(SoakTest.class.getName()).log(System.Logger.Level.INFO, words);
    }
}
