package junicorn.systemtest;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.util.Set;
import java.util.stream.Collectors;
import junicorn.os.Signal;
import org.junit.jupiter.api.Test;

/// USR2 and what follows. Each kind of client asks all the time: one that keeps its connection and
/// one that makes a new one.
@SystemTest
final class UpgradeTest {
    @Test
    void anUpgradeFailsNoRequest() throws Exception {
        failsNoRequest(new Launch().workers(2).with("--threads", "4"));
    }

    @Test
    void anUpgradeOnAUnixSocketFailsNoRequest() throws Exception {
        var launch = new Launch().workers(2).with("--threads", "4");
        var socket = launch.work().resolve("s");
        failsNoRequest(launch.bind("unix:" + socket));
        assertThat(socket).doesNotExist();
    }

    private static void failsNoRequest(Launch launch) throws Exception {
        var pidFile = launch.work().resolve("pid");
        try (var server = launch.with("--pid", pidFile.toString()).start();
                var single = Load.on(server.address(), 2).awaitCompleted(50);
                var kept = Load.keepingAlive(server.address(), 2).awaitCompleted(50)) {
            var successor = NewMaster.beside(server);
            assertThat(pidFile).hasContent(Long.toString(server.pid()));
            assertThat(pidFile.resolveSibling("pid.2")).hasContent(Long.toString(successor.pid()));
            single.awaitCompleted(50);
            server.signal(Signal.WINCH);
            server.awaitLog("worker 0 stopped");
            server.awaitLog("worker 1 stopped");
            kept.awaitCompleted(50);
            successor.takeOver();
            successor.awaitSays("pid file .* is ours");
            assertThat(pidFile).hasContent(Long.toString(successor.pid()));
            single.awaitCompleted(50);
            kept.awaitCompleted(50);

            assertThat(single.stop().failures()).isEmpty();
            assertThat(kept.stop().failures()).isEmpty();
            assertThat(kept.tally().completedByWorker().keySet())
                    .containsAnyElementsOf(of(successor));
            assertThat(successor.stop().err()).doesNotContain("ERROR");
        }
    }

    /// The workers of this master that were ready, by its lines.
    private static Set<Long> of(NewMaster master) {
        return master.server().err().lines().stream()
                .filter(line -> line.matches(".*\\[" + master.pid() + "\\].* ready pid=.*"))
                .map(line -> Long.parseLong(line.replaceAll(".*pid=(\\d+).*", "$1")))
                .collect(Collectors.toSet());
    }

    @Test
    void theWayBackFailsNoRequest() {
        var launch = new Launch().workers(2).with("--threads", "4");
        var pidFile = launch.work().resolve("pid");
        try (var server = launch.with("--pid", pidFile.toString()).start();
                var single = Load.on(server.address(), 2).awaitCompleted(50);
                var kept = Load.keepingAlive(server.address(), 2).awaitCompleted(50)) {
            var successor = NewMaster.beside(server);
            server.signal(Signal.WINCH);
            server.awaitLog("worker 0 stopped");
            server.awaitLog("worker 1 stopped");

            server.signal(Signal.HUP);
            server.awaitReady();
            successor.signal(Signal.TERM);
            server.err().await("new master ended code=0", Await.BOOT);
            assertThat(pidFile).hasContent(Long.toString(server.pid()));
            assertThat(pidFile.resolveSibling("pid.2")).doesNotExist();

            single.awaitCompleted(50);
            kept.awaitCompleted(50);
            assertThat(single.stop().failures()).isEmpty();
            assertThat(kept.stop().failures()).isEmpty();
        }
    }

    @Test
    void aNewMasterThatCannotStartLeavesTheOldServing() throws Exception {
        var launch = new Launch();
        try (var server = launch.start();
                var load = Load.on(server.address(), 4).awaitCompleted(50)) {
            launch.mood("fail");
            server.signal(Signal.USR2);
            server.err().await("new master ended before it was ready code=1", Await.BOOT);
            launch.mood("good");

            assertThat(server.err().text()).contains("the database is not there");
            load.awaitCompleted(50);
            assertThat(load.stop().failures()).isEmpty();
        }
    }

    @Test
    void termWaitsUntilTheNewMasterIsReady() throws Exception {
        try (var server = RunningServer.start(1);
                var load = Load.on(server.address(), 2).awaitCompleted(50)) {
            server.signal(Signal.USR2);
            server.awaitLog("new master started");
            server.signal(Signal.TERM);
            var line = server.awaitLog("as soon as the new master is ready pid=(\\d+)");
            var successor = new NewMaster(server, Long.parseLong(line.group(1)));
            successor.awaitSays("this one has taken over");

            assertThat(load.awaitCompleted(50).stop().failures()).isEmpty();
            successor.stop();
        }
    }

    @Test
    void aNewMasterThatIsKilledBringsTheWorkersBack() throws Exception {
        try (var server = new Launch().workersAreKilled().start();
                var load = Load.on(server.address(), 1).awaitCompleted(5)) {
            var successor = NewMaster.beside(server);
            server.signal(Signal.WINCH);
            server.awaitLog("worker 0 stopped");
            load.stop();

            successor.signal(Signal.KILL);
            server.awaitLog("new master ended signal=KILL pid=\\d+, starting workers again");

            server.awaitReady();
            assertThat(server.get("/echo?token=a").body()).startsWith("a ");
        }
    }

    @Test
    void bothMastersReloadBesideEachOther() throws Exception {
        try (var server = new Launch().with("--threads", "4").start();
                var load = SteadyLoad.on(server.address())) {
            var successor = NewMaster.beside(server);
            successor.signal(Signal.HUP);
            successor.awaitSays("generation 2 is live");
            server.signal(Signal.HUP);
            server.err().await("\\[" + server.pid() + "\\].*generation 2 is live", Await.BOOT);
            successor.takeOver();

            assertThat(load.failures()).isEmpty();
            successor.stop();
        }
    }

    @Test
    void theOldMasterMayDie() throws Exception {
        try (var server = new Launch().workersAreKilled().start()) {
            var successor = NewMaster.beside(server);

            server.signal(Signal.KILL);
            successor.awaitSays("this one has taken over");

            assertThat(server.get("/echo?token=a").body()).startsWith("a ");
            successor.stop();
        }
    }

    @Test
    void theCommandIsFoundAnewThroughItsLink() throws Exception {
        var launch = new Launch().leaves("current");
        var link = launch.work().resolve("current");
        Files.createSymbolicLink(link, Account.HOME);
        try (var server = launch.executable(link.resolve("bin/junicorn")).start()) {
            Files.delete(link);
            server.signal(Signal.USR2);
            server.awaitLog(
                    "no new master, this one keeps serving: there is nothing to execute at ");

            Files.createSymbolicLink(link, Account.HOME);
            NewMaster.beside(server).takeOver().stop();
        }
    }
}
