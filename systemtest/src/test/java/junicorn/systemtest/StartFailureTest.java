package junicorn.systemtest;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import junicorn.os.Processes;
import junicorn.os.Signal;
import org.junit.jupiter.api.Test;

/// Starts that fail, hang, or take long.
@SystemTest
final class StartFailureTest {
    @Test
    void anApplicationThatFailsToStartEndsTheServerWithItsCause() {
        var ended = new Launch().workers(2).mood("fail").run();

        assertThat(ended.code()).isEqualTo(1);
        assertThat(ended.err())
                .contains("IllegalStateException: the database is not there")
                .contains("fixture.Mood.contextInitialized");
        assertThat(ended.err().lines().filter(line -> line.contains("\tat ")).count())
                .as("stack frames in the log: the application's own, not 40 of ours")
                .isLessThan(20);
    }

    @Test
    void aCrashInStartEndsTheServerWithItsCauseBeforeItLoops() {
        var ended = new Launch().workersAreKilled().workers(2).mood("halt").run();

        assertThat(ended.code()).isEqualTo(1);
        assertThat(ended.err()).containsPattern("worker [01] died.* code=9");
        assertThat(ended.err()).containsPattern("no worker has become ready: .*code=9");
        assertThat(ended.err().lines().filter(line -> line.contains(" started pid=")))
                .hasSizeLessThanOrEqualTo(6);
    }

    @Test
    void aCrashLoopIsSlowedDownWhileANeighbourServesAndEndsWhenTheCauseIsGone() throws Exception {
        var launch = new Launch().workers(2);
        try (var server = launch.start();
                var load = SteadyLoad.on(server.address())) {
            launch.mood("halt");
            var victim = server.worker(1);

            Processes.kill(victim.pid(), Signal.TERM);
            server.awaitLog("worker 1 died code=9 .*, restarting in 1s");
            server.awaitLog("worker 1 died code=9 .*, restarting in 2s");
            assertThat(server.err().count("worker 1 died")).isLessThanOrEqualTo(3);
            Files.delete(launch.moodFile());

            server.awaitSuccessor(1, victim);
            assertThat(load.failures()).isEmpty();
        }
    }

    @Test
    void anApplicationThatHangsInStartEndsTheServerAtTheBootTimeoutWithAThreadDump() {
        var ended = new Launch().workersAreKilled().mood("hang").with("--boot-timeout", "8").run();

        assertThat(ended.code()).isEqualTo(1);
        assertThat(ended.err())
                .containsPattern("worker 0 not ready after \\d+.*, killing it")
                .contains("at fixture.Mood.waitForEver")
                .containsPattern("worker 0 died signal=KILL")
                .containsPattern("no worker has become ready: .*not ready after \\d");
    }

    @Test
    void aHangInStartDoesNotTouchANeighbourThatServes() {
        var launch = new Launch().workers(2).with("--boot-timeout", "8");
        try (var server = launch.start();
                var load = Load.on(server.address(), 2).awaitCompleted(10)) {
            launch.mood("hang");
            var neighbour = server.worker(0);
            var victim = server.worker(1);

            Processes.kill(victim.pid(), Signal.KILL);
            int mark = server.err().mark();
            server.err().await(mark, "fixture.Mood.waitForEver", Await.BOOT);
            launch.mood("good");

            server.awaitSuccessor(1, victim);
            assertThat(server.worker(0).pid()).isEqualTo(neighbour.pid());
            assertThat(load.awaitCompleted(10).stop().failures()).hasSizeLessThanOrEqualTo(1);
        }
    }

    @Test
    void ofLongStartsThereAreOnlyAsManyAtOnceAsCoresForThem() {
        int cores = Runtime.getRuntime().availableProcessors();
        var launch = new Launch().workers(cores + 1).mood("burn").with("--boot-timeout", "30");
        try (var server = launch.start()) {
            var log = server.err().lines();
            var ready = log.stream().filter(line -> line.contains(" ready pid=")).findFirst();
            var started = log.subList(0, log.indexOf(ready.orElseThrow()));

            assertThat(started.stream().filter(line -> line.contains(" started pid=")))
                    .hasSizeBetween(1, cores);
        }
    }
}
