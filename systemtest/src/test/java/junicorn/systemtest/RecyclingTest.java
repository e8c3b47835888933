package junicorn.systemtest;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@SystemTest
final class RecyclingTest {
    @ParameterizedTest
    @ValueSource(strings = {"sync", "gthread", "virtual", "async"})
    void workersThatHaveServedEnoughAreReplacedAndNoRequestIsLost(String workerClass)
            throws Exception {
        var launch = new Launch().workers(2).with("-k", workerClass, "--max-requests", "300");
        try (var server = launch.with("--max-requests-jitter", "100").start();
                var load = Load.on(server.address(), 3);
                var kept = Load.keepingAlive(server.address(), 3)) {
            var first = server.worker(0).pid();

            server.awaitLog(" pid=%d.*\\d+ requests|\\d+ requests.*pid=%d".formatted(first, first));
            server.awaitLog("worker 0 stopped code=0 pid=" + first);
            server.awaitLog("worker [23] ready");

            assertThat(load.awaitCompleted(20).stop().failures()).isEmpty();
            assertThat(kept.awaitCompleted(20).stop().failures()).isEmpty();
            assertThat(server.err().text()).doesNotContain("died");
        }
    }

    @Test
    void workersThatAreOldOrLargeAreReplacedAndNoRequestIsLost() {
        var launch = new Launch().workers(2).with("-k", "gthread");
        launch.with("--max-lifetime", "2s", "--max-memory", "1m");
        try (var server = launch.start();
                var load = SteadyLoad.on(server.address())) {
            for (var why : List.of("--max-lifetime 2s", "--max-memory 1m memory=\\d+m")) {
                var line = "worker \\d+ is recycled pid=(\\d+): " + why;
                var pid = server.err().await(line, Await.BOOT).group(1);
                server.err().await("worker \\d+ retires, .* pid=" + pid, Await.BOOT);
                server.err().await("worker \\d+ stopped code=0 pid=" + pid, Await.BOOT);
            }

            assertThat(load.failures()).isEmpty();
            assertThat(server.err().text()).doesNotContain("died");
        }
    }

    @Test
    void eachRequestHasAProcessOfItsOwn() throws Exception {
        var launch = new Launch().workers(2).with("-k", "gthread", "--max-requests", "1");
        try (var server = launch.start();
                var load = Load.on(server.address(), 2);
                var kept = Load.keepingAlive(server.address(), 1)) {
            var tally = load.awaitCompleted(4).stop();
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
                var load = Load.on(server.address(), 2).awaitCompleted(20);
                var other = server.hold("other")) {
            var slot = server.busySlots().getFirst();
            var victim = server.worker(slot);
            var answers = 0;
            while (!server.err().text().contains("OutOfMemoryError\\n' >&3")) {
                answers = server.get("/oom").status();
            }

            server.awaitLog("java.lang.OutOfMemoryError");
            server.release();

            assertThat(answers).isEqualTo(500);
            assertThat(other.answer().body()).isEqualTo("other " + victim.pid());
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
