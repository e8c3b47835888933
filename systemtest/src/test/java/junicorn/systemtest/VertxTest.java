package junicorn.systemtest;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import junicorn.os.Processes;
import junicorn.os.Signal;
import org.junit.jupiter.api.Test;

/// The worker class `vertx` with the real command.
@SystemTest
final class VertxTest {
    private static final String VERTICLE = "fixture.VertxEcho";

    @Test
    void twoWorkersOfAVerticleShareTheSocketAndLoseNothingWhenTheyAreToldToStop() {
        try (var server = launch(VERTICLE).workers(2).start();
                var load = Load.keepingAlive(server.address(), 4).awaitCompleted(50)) {
            var first = server.worker(0);
            var second = server.worker(1);
            awaitBoth(load, first.pid(), second.pid());

            Processes.kill(first.pid(), Signal.TERM);

            server.awaitSuccessor(0, first);
            assertThat(load.awaitCompleted(50).stop().failures()).isEmpty();
            assertThat(server.worker(1).pid()).isEqualTo(second.pid());
            assertThat(server.worker(1).requests()).isPositive();
            assertThat(server.err().text()).doesNotContain("WARNING", "Unsafe", "native");
        }
    }

    @Test
    void aFactoryOfAHandlerIsServedAndAWorkerThatIsKilledIsReplaced() throws Exception {
        try (var server =
                launch(VERTICLE + "::handler").with("--threads", "2").workersAreKilled().start()) {
            var victim = server.worker(0);
            assertThat(server.get("/echo?token=a").body()).isEqualTo("a " + victim.pid());

            Processes.kill(victim.pid(), Signal.KILL);

            var successor = server.awaitSuccessor(0, victim);
            assertThat(server.get("/echo?token=b").body()).isEqualTo("b " + successor.pid());
        }
    }

    @Test
    void aBlockedEventLoopIsFoundOnAUnixSocketToo() throws Exception {
        var launch = launch(VERTICLE + "::handler").with("--timeout", "2").workersAreKilled();
        try (var server = launch.bind("unix:" + launch.work().resolve("vertx.sock")).start()) {
            var victim = server.worker(0);
            try (var wire = server.connect().get("/block")) {
                server.awaitLog("worker 0 stuck.* pid=" + victim.pid());
                server.awaitLog("at fixture.VertxEcho.blockForEver");
                assertThat(wire.endsWithoutAnswer()).isTrue();
            }
            var successor = server.awaitSuccessor(0, victim);
            assertThat(server.get("/echo?token=c").body()).isEqualTo("c " + successor.pid());
        }
    }

    @Test
    void aVerticleThatFailsIsAFailedStartWithItsReason() {
        var failed = launch(VERTICLE).with("--java-opts", "-Dfixture.fails=yes").run();

        assertThat(failed.code()).isEqualTo(1);
        assertThat(failed.err())
                .contains("java.lang.IllegalStateException: no database today")
                .contains("fixture.VertxEcho.start(VertxEcho.java");
    }

    private static void awaitBoth(Load load, long first, long second) {
        Await.until(
                "answers of both",
                Await.SOON,
                load::tally,
                tally ->
                        tally.completedByWorker().containsKey(first)
                                && tally.completedByWorker().containsKey(second));
    }

    private static Launch launch(String application) {
        return new Launch()
                .with("-k", "vertx", "-C", classes().toString())
                .application(Path.of(application));
    }

    private static Path classes() {
        return Account.readable(Path.of("target", "test-classes"));
    }
}
