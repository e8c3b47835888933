package junicorn.systemtest;

import static org.assertj.core.api.Assertions.assertThat;

import junicorn.os.Processes;
import junicorn.os.Signal;
import org.junit.jupiter.api.Test;

/// `junicorn why` tells why workers died, and what they were doing.
@SystemTest
final class EvidenceTest {
    @Test
    void aKilledWorkerIsToldWithItsRequestAndNotTakenForAnOomKill() throws Exception {
        var launch = new Launch().workersAreKilled();
        try (var server = launch.start();
                var slow = server.hold("a")) {
            var victim = server.worker(0);

            Processes.kill(victim.pid(), Signal.KILL);

            assertThat(slow.endsWithoutAnswer()).isTrue();
            server.awaitSuccessor(0, victim);
            assertThat(launch.ask("why").out())
                    .contains("worker 0  pid %d  generation 1".formatted(victim.pid()))
                    .contains("GET /slow?token=a")
                    .doesNotContain("to free memory (")
                    .containsPattern("cause +killed by SIGKILL");
            server.awaitLog("worker 0 died signal=KILL .*request=\"GET /slow");
            assertThat(launch.ask("status").out()).contains("1 worker ended unexpectedly");
        }
    }

    @Test
    void anExitIsToldWithItsCodeAndTheRequestThatCalledIt() throws Exception {
        var launch = new Launch().workersAreKilled();
        try (var server = launch.start();
                var wire = server.connect().get("/exit")) {
            assertThat(wire.endsWithoutAnswer()).isTrue();
            server.awaitLog("worker 0 died code=7");

            assertThat(launch.ask("why").out())
                    .contains("exited by itself with code 7")
                    .contains("GET /exit HTTP/1.1");
        }
    }

    @Test
    void aCrashIsToldWithItsFrameAndReport() {
        var launch = new Launch().workersAreKilled();
        var report = launch.directory().resolve("crash-%p.log").toString();
        try (var server = launch.with("--java-opts", "-XX:ErrorFile=" + report).start()) {
            var victim = server.worker(0);

            Processes.kill(victim.pid(), Signal.SEGV);

            server.awaitSuccessor(0, victim);
            assertThat(launch.ask("why").out())
                    .contains("the JVM crashed: SIGSEGV in ")
                    .contains(report.replace("%p", String.valueOf(victim.pid())));
        }
    }

    @Test
    void aStuckWorkerIsToldWithItsThreads() throws Exception {
        var launch = new Launch().workersAreKilled().with("--timeout", "2");
        try (var server = launch.start();
                var hung = server.connect().get("/hang")) {
            server.awaitLog("worker 0 died signal=KILL");

            assertThat(hung.endsWithoutAnswer()).isTrue();
            assertThat(launch.ask("why").out())
                    .contains("no request thread made progress for ")
                    .contains("GET /hang HTTP/1.1");
            assertThat(launch.ask("why", "1").out()).contains("fixture.Trouble.waitForEver");
        }
    }

    @Test
    void aStartThatFailsIsToldWithTheApplicationsException() {
        var launch = new Launch().workersAreKilled();
        try (var server = launch.start()) {
            server.awaitLog("worker 0 ready"); // or the server gives up with the second death
            launch.mood("fail");

            Processes.kill(server.worker(0).pid(), Signal.KILL);

            server.awaitLog("worker 0 died code=1");
            assertThat(launch.ask("why").out()).contains("the database is not there");
            assertThat(launch.ask("why", "2").out()).contains("at fixture.Mood");
            launch.mood("good");
        }
    }
}
