package junicorn.systemtest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import junicorn.os.Processes;
import junicorn.os.Signal;
import junicorn.scoreboard.WorkerState;
import org.junit.jupiter.api.Test;

/// What a worker's application knows of itself and of the others.
@SystemTest
final class LeaderTest {
    @Test
    void everyWorkerKnowsWhichOneItIs() throws Exception {
        try (var server =
                new Launch()
                        .workers(2)
                        .with("--java-opts", "-Dmark=w{index}-g{generation}")
                        .start()) {
            for (int slot = 0; slot < 2; slot++) {
                assertThat(who(server, slot))
                        .contains(
                                "JUNICORN_GENERATION=1",
                                "JUNICORN_WORKER=" + slot,
                                "JUNICORN_WORKERS=2",
                                "generation=1",
                                "index=" + slot,
                                "mark=w" + slot + "-g1",
                                "workers=2");
            }
        }
    }

    @Test
    void whenTheLeaderIsKilledAnotherTakesOverAndNeverAreThereTwo() throws Exception {
        try (var server = RunningServer.start(2)) {
            var first = leader(server);
            var second = 1 - first;
            assertThat(who(server, first)).contains("leader=true", "led=1");
            assertThat(who(server, second)).contains("leader=false", "led=0");
            var victim = server.worker(first);

            Processes.kill(victim.pid(), Signal.KILL);

            server.awaitLog("worker %d is the leader".formatted(second));
            server.awaitSuccessor(first, victim);
            awaitLeader(server, second);
            assertThat(who(server, second)).contains("led=1");
            assertThat(who(server, first)).contains("leader=false", "led=0");
        }
    }

    @Test
    void aLeaderThatDrainsHandsOnWhileItStillServes() throws Exception {
        try (var server = RunningServer.start(2)) {
            var leader = leader(server);
            var victim = server.worker(leader);
            var slow = holdBoth(server);

            Processes.kill(victim.pid(), Signal.TERM);

            server.awaitLog("worker %d is the leader".formatted(1 - leader));
            assertThat(server.worker(leader).pid()).isEqualTo(victim.pid());
            assertThat(server.worker(leader).state()).isEqualTo(WorkerState.DRAINING);
            server.release();
            assertThat(answers(slow)).contains("slow " + victim.pid());
            server.awaitSuccessor(leader, victim);
            awaitLeader(server, 1 - leader);
        }
    }

    @Test
    void manyHandoversLeaveOneLeader() throws Exception {
        try (var server = RunningServer.start(3)) {
            var stop = new AtomicBoolean();
            var watch = CompletableFuture.supplyAsync(() -> leadersSeen(server, stop));
            for (int round = 0; round < 3; round++) {
                var leader = leader(server);
                var victim = server.worker(leader);
                Processes.kill(victim.pid(), round == 1 ? Signal.KILL : Signal.TERM);
                server.awaitSuccessor(leader, victim);
            }
            stop.set(true);

            assertThat(watch.join()).hasSizeGreaterThan(1);
            var told = new TreeMap<String, String>();
            for (int slot = 0; slot < 3; slot++) {
                told.put(String.valueOf(slot), fact(who(server, slot), "leader"));
            }
            assertThat(told.values()).containsOnlyOnce("true");
        }
    }

    /// The pids of those who said that they lead; asking goes on until `stop`.
    private static Set<String> leadersSeen(RunningServer server, AtomicBoolean stop) {
        var seen = new TreeSet<String>();
        while (!stop.get()) {
            try {
                var body = server.get("/who").body();
                if (body.contains("leader=true")) {
                    seen.add(fact(body, "pid"));
                }
            } catch (IOException _) {
                // the test killed it in the middle of a request
            }
        }
        return seen;
    }

    /// Requests that keep both workers busy until the server is told to release them.
    private static List<Wire> holdBoth(RunningServer server) throws IOException {
        return List.of(server.hold("slow"), server.hold("slow"));
    }

    private static List<String> answers(List<Wire> held) throws IOException {
        var answers = new ArrayList<String>();
        for (var wire : held) {
            answers.add(wire.answer().body());
            wire.close();
        }
        return answers;
    }

    private static int leader(RunningServer server) {
        for (int slot = 0; slot < server.workers().size(); slot++) {
            if (who(server, slot).contains("leader=true")) {
                return slot;
            }
        }
        throw new AssertionError("nobody leads");
    }

    private static void awaitLeader(RunningServer server, int slot) {
        Await.until(
                "the leader " + slot,
                Await.SOON,
                () -> who(server, slot),
                body -> body.contains("leader=true"));
    }

    /// Asks until that worker is the one that answers.
    private static String who(RunningServer server, int slot) {
        return Await.until(
                "worker " + slot,
                Await.SOON,
                () -> ask(server),
                it -> it.contains("index=" + slot));
    }

    private static String ask(RunningServer server) {
        try {
            return server.get("/who").body();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private static String fact(String body, String name) {
        return body.replaceAll(".*[{ ]" + name + "=([^,}]*).*", "$1");
    }
}
