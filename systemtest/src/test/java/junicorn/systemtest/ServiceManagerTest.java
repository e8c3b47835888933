package junicorn.systemtest;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import junicorn.os.Signal;
import org.junit.jupiter.api.Test;

/// What systemd is told by a service of Type=notify. The test is systemd.
@SystemTest
final class ServiceManagerTest {
    @Test
    void readyIsSaidWhenTheFirstWorkerIsAndStoppingAtTheStop() throws Exception {
        var launch = new Launch().leaves("notify");
        try (var manager = new NotifySocket(launch.work().resolve("notify").toString());
                var server = launch.environment("NOTIFY_SOCKET", manager.name()).begin()) {
            manager.await("STATUS=starting, 0 of 1 workers ready");
            assertThat(manager.news()).isEmpty();
            var heard = manager.await("READY=1");
            assertThat(heard).endsWith("READY=1", "STATUS=serving, 1 of 1 workers ready");
            assertThat(server.awaitListening().get("/echo?token=a").status()).isEqualTo(200);
            assertThat(environment(server.awaitReady(0).pid()))
                    .doesNotContain("NOTIFY_SOCKET")
                    .doesNotContain("_JAVA_SR_SIGNUM");

            server.signal(Signal.TERM);

            assertThat(server.awaitExit().code()).isZero();
            assertThat(manager.news()).containsExactly("READY=1", "STOPPING=1");
        }
    }

    @Test
    void aReloadIsSaidWithItsTimeAndItsEnd() {
        var launch = new Launch().leaves("notify");
        try (var manager = new NotifySocket(launch.work().resolve("notify").toString());
                var server = launch.environment("NOTIFY_SOCKET", manager.name()).start()) {
            manager.await("READY=1");

            server.signal(Signal.HUP);

            manager.await("READY=1 again", _ -> manager.news().size() >= 4);
            var news = manager.news();
            assertThat(news).startsWith("READY=1", "RELOADING=1").endsWith("READY=1");
            assertThat(news.get(2)).matches("MONOTONIC_USEC=[1-9]\\d+");
        }
    }

    @Test
    void theWatchdogIsFedByTheMastersLoop() {
        var launch = new Launch();
        var name = "@junicorn-test-" + ProcessHandle.current().pid();
        try (var manager = new NotifySocket(name);
                var _ =
                        launch.environment("NOTIFY_SOCKET", name)
                                .environment("WATCHDOG_USEC", "400000")
                                .start()) {
            manager.await("three beats", all -> beats(all) >= 3);
        }
    }

    @Test
    void anotherProcessesWatchdogIsNotFed() {
        var launch = new Launch().leaves("notify");
        try (var manager = new NotifySocket(launch.work().resolve("notify").toString());
                var _ =
                        launch.environment("NOTIFY_SOCKET", manager.name())
                                .environment("WATCHDOG_USEC", "1000")
                                .environment("WATCHDOG_PID", "1")
                                .start()) {
            assertThat(beats(manager.await("READY=1"))).isZero();
        }
    }

    @Test
    void aServerWhoseManagerIsGoneServes() throws Exception {
        var launch = new Launch();
        launch.environment("NOTIFY_SOCKET", launch.work().resolve("none").toString());
        try (var server = launch.start()) {
            server.awaitLog("cannot tell the service manager at .*: no such file or directory");
            assertThat(server.get("/echo?token=a").status()).isEqualTo(200);
            assertThat(server.err().count("cannot tell")).isOne();
        }
    }

    @Test
    void theManagerLearnsAtTheHandOverWhoTheMainProcessIs() {
        var launch = new Launch().leaves("notify");
        try (var manager = new NotifySocket(launch.work().resolve("notify").toString());
                var server =
                        launch.environment("NOTIFY_SOCKET", manager.name())
                                .environment("WATCHDOG_USEC", "1000000")
                                .start()) {
            manager.await("READY=1");
            var successor = NewMaster.beside(server);
            assertThat(manager.news()).containsExactly("READY=1");

            successor.takeOver();

            var main = "MAINPID=" + successor.pid();
            manager.await("READY=1 again", _ -> manager.news().size() >= 4);
            assertThat(manager.news()).containsExactly("READY=1", main, main, "READY=1");
            int before = beats(manager.heard());
            manager.await("beats of the new master", all -> beats(all) > before);
            successor.stop();
            assertThat(manager.news()).endsWith("READY=1", "STOPPING=1");
        }
    }

    private static int beats(List<String> heard) {
        return (int) heard.stream().filter("WATCHDOG=1"::equals).count();
    }

    private static String environment(long pid) throws Exception {
        return Files.readString(Path.of("/proc/" + pid + "/environ"));
    }
}
