package junicorn.systemtest;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@SystemTest
final class RecyclingTest {
    @ParameterizedTest
    @ValueSource(strings = {"sync", "gthread", "virtual", "async"})
    void workersThatHaveServedEnoughAreReplacedAndNoRequestIsLost(String workerClass)
            throws Exception {
        var launch = new Launch().with("-k", workerClass, "--max-requests", "300");
        try (var server = launch.with("--max-requests-jitter", "100").start();
                var load = Load.on(server.address(), 3);
                var kept = Load.keepingAlive(server.address(), 3)) {
            var first = server.worker(0).pid();

            server.awaitLog(" pid=%d.*\\d+ requests|\\d+ requests.*pid=%d".formatted(first, first));
            server.awaitLog("worker 0 stopped code=0 pid=" + first);
            server.awaitLog("worker 1 ready");

            assertThat(load.awaitCompleted(20).stop().failures()).isEmpty();
            assertThat(kept.awaitCompleted(20).stop().failures()).isEmpty();
            assertThat(server.err().text()).doesNotContain("died");
        }
    }

    @ParameterizedTest
    @CsvSource({"--max-lifetime, 1s", "--max-memory, 1m"})
    void aWorkerThatIsOldOrLargeIsReplacedAndNoRequestIsLost(String option, String limit) {
        try (var server = new Launch().with("-k", "gthread", option, limit).start();
                var load = SteadyLoad.on(server.address())) {
            var first = server.worker(0).pid();

            server.awaitLog("worker 0 is recycled.* pid=%d: %s %s".formatted(first, option, limit));
            server.awaitLog("worker 0 retires, its successor is ready pid=" + first);
            server.awaitLog("worker 0 stopped code=0 pid=" + first);

            assertThat(load.failures()).isEmpty();
            assertThat(server.err().text()).doesNotContain("died");
        }
    }

    @Test
    void eachRequestHasAProcessOfItsOwn() throws Exception {
        var launch = new Launch().workers(2).with("-k", "gthread", "--max-requests", "1");
        try (var server = launch.start();
                var load = Load.on(server.address(), 1);
                var kept = Load.keepingAlive(server.address(), 1)) {
            var tally = load.awaitCompleted(2).stop();
            var keeps = kept.awaitCompleted(1).stop();

            assertThat(tally.failures()).isEmpty();
            assertThat(keeps.failures()).isEmpty();
            assertThat(tally.completedByWorker().values()).containsOnly(1L);
            assertThat(keeps.completedByWorker().values()).containsOnly(1L);
            assertThat(keeps.completedByWorker().keySet())
                    .doesNotContainAnyElementsOf(tally.completedByWorker().keySet());
            assertThat(server.err().text()).doesNotContain("died");
        }
    }

    /// The JVM says so itself, whatever becomes of the error in Java.
    @Test
    void anOutOfMemoryErrorHasItsWorkerReplacedAndCostsItsOwnRequestOnly() throws Exception {
        var launch = new Launch().workers(2).with("-k", "gthread", "--java-opts", "-Xmx48m");
        try (var server = launch.start();
                var other = server.hold("other");
                var load = Load.on(server.address(), 2).awaitCompleted(20)) {
            var answers = 0;
            while (!server.err().text().contains("OutOfMemoryError\\n' >&3")) {
                answers = server.get("/oom").status();
            }

            server.awaitLog("java.lang.OutOfMemoryError");
            server.release();

            assertThat(answers).isEqualTo(500);
            assertThat(other.answer().body()).startsWith("other ");
            server.awaitLog("worker [01] stopped code=0");
            assertThat(launch.ask("why").out()).contains("got an OutOfMemoryError");
            assertThat(load.awaitCompleted(20).stop().failures()).isEmpty();
            assertThat(server.err().text()).doesNotContain("died");
        }
    }

    @Test
    void aWorkerThatKeepsTooMuchIsReplaced() throws Exception {
        var launch = new Launch().with("-k", "gthread", "--max-heap", "1m");
        try (var server = launch.with("--java-opts", "-Xmx48m").start()) {
            var victim = server.worker(0);

            server.get("/oom"); // a collection, at least

            server.awaitLog("m of heap in use after a collection, limit 1m|OutOfMemoryError");
            server.awaitLog("worker 0 stopped code=0 pid=" + victim.pid());
        }
    }
}
