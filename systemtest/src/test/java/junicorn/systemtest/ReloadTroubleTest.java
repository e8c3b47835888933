package junicorn.systemtest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import junicorn.os.Signal;
import org.junit.jupiter.api.Test;

/// Reloads at which something goes wrong, or takes its time: clients of both kinds ask all the
/// while, and none of them loses a request.
@SystemTest
final class ReloadTroubleTest {
    private static final String FOR_EVER = "300"; // seconds, more than a test may last
    private static final String THREADS = "worker-class = \"gthread\"\nthreads = 4\n";

    @Test
    void aSlowStartStallsNobodyIdleConnectionsHoldUpNothingAndTtinIsRemembered() throws Exception {
        var launch = launch(THREADS);
        launch.with("--graceful-timeout", FOR_EVER, "--keep-alive", FOR_EVER);
        try (var server = launch.start();
                var load = SteadyLoad.on(server.address());
                var idle = server.connect().get("/echo?token=i").get("/echo?token=j")) {
            server.signal(Signal.TTIN);
            var old = List.of(server.worker(0).pid(), server.awaitReady(1).pid());
            assertThat(idle.answer().body()).startsWith("i ");
            assertThat(idle.answer().body()).startsWith("j ");

            launch.mood("wait");
            server.signal(Signal.HUP);
            server.awaitLog("generation 2 starts workers=2, generation 1 serves until");
            server.awaitLog("worker 2 started");
            load.awaitCompleted(50);
            assertThat(old).containsAll(load.workers());
            assertThat(server.err().text()).doesNotContain("worker 2 ready");

            launch.mood("good");
            server.err().await("generation 2 is live; generation 1 fully drained", Await.BOOT);
            assertThat(idle.endsWithoutAnswer()).isTrue();
            assertThat(load.failures()).isEmpty();
            assertThat(load.workers()).hasSize(4);
            assertThat(ProcFiles.workers(server.pid())).hasSize(2).doesNotContainAnyElementsOf(old);
        }
    }

    @Test
    void whateverIsWrongWithTheNewTheOldServeOnAndTheReloadFails() throws Exception {
        var launch = launch(THREADS);
        try (var server = launch.start();
                var load = SteadyLoad.on(server.address())) {
            var old = server.worker(0).pid();

            write(launch, "thraeds = 4\n");
            server.signal(Signal.HUP);
            server.awaitLog("reload refused, .* junicorn.toml:1:1: .* did you mean threads");
            launch.mood("fail");
            write(launch, THREADS);
            var failed = launch.ask("reload");
            launch.mood("hang");
            write(launch, THREADS + "boot-timeout = 2\n");
            var late = launch.ask("reload");
            load.awaitCompleted(20);

            assertThat(List.of(failed.code(), late.code())).containsOnly(1);
            assertThat(failed.err())
                    .containsSubsequence(
                            "generation 2 starts workers=1, generation 1 serves until",
                            "worker 1 started",
                            "reload failed, generation 1 keeps serving: worker 1 did not start: ",
                            "the database is not there");
            assertThat(late.err()).containsSubsequence("worker 1 not ready after", "reload failed");
            assertThat(load.workers()).containsExactly(old);

            launch.mood("wait");
            write(launch, THREADS);
            server.signal(Signal.HUP);
            server.awaitLog("generation 4 starts");
            launch.mood("good");
            assertThat(launch.ask("reload").out()).startsWith("generation 5 is live");
            server.awaitLog("generation 4 is superseded");
            server.awaitLog("generation 5 is live; generation 1 fully drained");
            assertThat(load.failures()).isEmpty();
        }
    }

    @Test
    void aLongRequestIsFinishedAndOneWithoutAnEndIsKilledWhenTheGraceIsOver() throws Exception {
        var timeout = Duration.ofSeconds(3);
        var launch = launch(THREADS + "timeout = 3\ngraceful-timeout = 300\n");
        try (var server = launch.workersAreKilled().start();
                var slow = server.hold("slow");
                var load = SteadyLoad.on(server.address())) {
            var since = System.nanoTime();
            var first = server.worker(0);

            server.signal(Signal.HUP);
            server.err().await("generation 2 is live after", Await.BOOT);
            Await.until(
                    "a request that is older than --timeout",
                    Await.SOON,
                    () -> Duration.ofNanos(System.nanoTime() - since),
                    age -> age.compareTo(timeout.plusSeconds(1)) > 0);
            server.release();
            assertThat(slow.answer().body()).isEqualTo("slow " + first.pid());
            server.awaitLog("generation 2 is live; generation 1 fully drained");

            write(launch, THREADS + "graceful-timeout = 3\n");
            try (var stuck = server.connect().get("/hang")) {
                load.awaitCompleted(20); // who came later has been served: it has a thread
                server.signal(Signal.HUP);
                server.err().await("worker 1 has not stopped, killing it", Await.BOOT);
                server.awaitLog("generation 3 is live; generation 2 fully drained");
                assertThat(stuck.endsWithoutAnswer()).isTrue();
            }
            assertThat(load.failures()).isEmpty();
        }
    }

    @Test
    void addressesComeAndGoAndTheOthersAreNotTouched() throws Exception {
        var launch = launch(THREADS + "bind = ['127.0.0.1:0']\n").bind();
        try (var server = launch.start();
                var load = SteadyLoad.on(Listening.await(server.err(), "127.0.0.1:0"))) {
            var unix = "unix:" + launch.work().resolve("s");
            write(launch, THREADS + "bind = ['127.0.0.1:0', '" + unix + "']\n");
            server.signal(Signal.HUP);
            var local = Listening.await(server.err(), unix);
            server.err().await("generation 2 is live; generation 1 fully drained", Await.BOOT);
            try (var wire = Wire.to(local).get("/echo?token=l")) {
                assertThat(wire.answer().body()).startsWith("l ");
            }

            write(launch, THREADS + "bind = ['127.0.0.1:0', '192.0.2.1:80']\n");
            assertThat(launch.ask("reload").err()).contains("reload refused", "192.0.2.1:80");
            write(launch, THREADS + "bind = ['127.0.0.1:0']\n");
            assertThat(launch.ask("reload").code()).isZero();
            server.awaitLog("no longer listening at unix:");

            assertThat(Listening.inUse(local)).isFalse();
            assertThat(load.failures()).isEmpty();
            assertThat(server.err().count("listening at http:")).isOne();
        }
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
