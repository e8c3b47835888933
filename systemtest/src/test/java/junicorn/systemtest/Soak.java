package junicorn.systemtest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import junicorn.os.Processes;
import junicorn.os.Signal;

/// A server's long life in short: it is reloaded, scaled, upgraded, workers are killed or stopped,
/// all of it is frozen, clients send what cannot be read, or go away from streams without an end,
/// one after the other at random, while others ask all the time. After each act it must come to
/// rest: as many workers as are
/// wanted, all of them ready, and nothing open in the master that was not before.
///
/// A client may lose a request to one thing only: that the worker was killed which had its
/// connection, by us or because we had stopped it for longer than `--timeout`.
final class Soak {
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final int WORKERS_MAX = 4;

    /// `--timeout` of the server.
    static final Duration TIMEOUT = Duration.ofSeconds(8);

    /// Clients wait that long for an answer, and longer.
    private static final Duration FROZEN = TIMEOUT.plusSeconds(4);

    private static final Pattern READY = Pattern.compile("worker \\d+ ready pid=(\\d+)");

    private enum Act {
        RELOAD,
        KILL,
        MORE,
        FEWER,
        UPGRADE,
        STOP,
        FREEZE,
        UPLOADS,
        VANISH
    }

    private final RunningServer server;
    private final List<Load> loads;
    private final Random random;
    private final int workers;
    private final Mischief mischief;
    private final List<String> acts = new ArrayList<>();
    private long master;
    private int wanted;
    private int handlesMax;
    private int kills;
    private int lostMax;

    /// @param workers that each new master starts with
    Soak(RunningServer server, int workers, List<Load> loads, long seed) {
        this.server = server;
        this.loads = loads;
        this.random = new Random(seed);
        this.workers = workers;
        this.wanted = workers;
        this.mischief = new Mischief(server.address());
        this.master = server.pid();
        rest();
        handlesMax = handles();
    }

    /// Acts until the time is up, and waits for the end of the last one.
    void run(Duration length) throws IOException {
        var end = System.nanoTime() + length.toNanos();
        while (System.nanoTime() - end < 0) {
            var all = Act.values();
            act(all[random.nextInt(all.length)]);
        }
    }

    private void act(Act act) throws IOException {
        acts.add(act.name());
        switch (act) {
            case RELOAD -> reload();
            case KILL -> kill();
            case MORE -> scale(Signal.TTIN, Math.min(WORKERS_MAX, wanted + 1));
            case FEWER -> scale(Signal.TTOU, Math.max(1, wanted - 1));
            case UPGRADE -> upgrade();
            case STOP -> stop();
            case FREEZE -> freeze();
            case UPLOADS -> mischief.failingUploads(3 * wanted);
            case VANISH -> mischief.vanishingReaders(2 * wanted);
        }
        rest();
        loads.forEach(load -> load.awaitCompleted(5));
        assertThat(failures()).as("after %s", this).hasSizeLessThanOrEqualTo(lostMax);
        lostMax = failures().size();
        Await.until(
                "at most " + handlesMax + " open sockets and pipes in the master",
                Await.SOON,
                this::handles,
                count -> count <= handlesMax);
    }

    private void reload() {
        int mark = server.err().mark();
        signal(Signal.HUP);
        var line = server.err().await(mark, "fully drained|reload failed", PATIENCE);
        assertThat(line.group()).isEqualTo("fully drained");
    }

    /// It is stopped first, so that what it holds does not change while it is counted.
    private void kill() {
        long victim = stopped(anyWorker());
        Processes.kill(victim, Signal.KILL);
        awaitEnd(victim);
    }

    /// A worker that was stopped and does not go on is killed by the master.
    private void stop() {
        awaitEnd(stopped(anyWorker()));
    }

    private long anyWorker() {
        var all = List.copyOf(children());
        return all.get(random.nextInt(all.size()));
    }

    /// It is counted what will be lost with it; that does not change any more.
    private long stopped(long victim) {
        halt(victim);
        lostMax += ProcFiles.connections(victim, server.port());
        kills++;
        return victim;
    }

    private static void halt(long pid) {
        Processes.kill(pid, Signal.STOP);
        Await.until(pid + " at rest", PATIENCE, () -> ProcFiles.state(pid), it -> it == 'T');
    }

    private static void awaitEnd(long victim) {
        Await.until("its end", PATIENCE, () -> Leftovers.isAlive(victim), alive -> !alive);
    }

    /// Master and workers together, in any order, for longer than `--timeout`: nobody is to blame.
    private void freeze() {
        var all = new ArrayList<>(children());
        var before = Set.copyOf(all);
        all.add(master);
        Collections.shuffle(all, random);
        all.forEach(Soak::halt);
        frozen();
        Collections.shuffle(all, random);
        all.forEach(pid -> Processes.kill(pid, Signal.CONT));
        loads.forEach(load -> load.awaitCompleted(5));
        assertThat(children()).as("nobody was replaced after " + this).isEqualTo(before);
    }

    /// Nobody is there to tell when that is over.
    private static void frozen() {
        long end = System.nanoTime() + FROZEN.toNanos();
        for (long left = FROZEN.toNanos(); left > 0; left = end - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }

    private void scale(Signal signal, int number) {
        if (number != wanted) {
            wanted = number;
            signal(signal);
        }
    }

    private void upgrade() {
        int mark = server.err().mark();
        signal(Signal.USR2);
        var line = server.err().await(mark, "new master ready pid=(\\d+)", PATIENCE);
        if (random.nextBoolean()) {
            signal(Signal.WINCH);
            server.err().await(mark, "standing aside", PATIENCE);
        }
        signal(Signal.TERM);
        master = Long.parseLong(line.group(1));
        server.err().await(mark, "\\[" + master + "\\].*has taken over", PATIENCE);
        wanted = workers;
        rest();
        handlesMax = handles();
    }

    /// Waits until there are as many workers as are wanted, and all of them are ready.
    private void rest() {
        Await.until(
                wanted + " ready workers",
                PATIENCE,
                this::children,
                pids -> pids.size() == wanted && ready().containsAll(pids));
    }

    private Set<Long> ready() {
        return server.err().lines().stream()
                .map(READY::matcher)
                .filter(line -> line.find())
                .map(line -> Long.parseLong(line.group(1)))
                .collect(Collectors.toSet());
    }

    private Set<Long> children() {
        return new TreeSet<>(ProcFiles.workers(master));
    }

    /// Of the master, without the channels to its workers.
    private int handles() {
        return ProcFiles.handles(master) - wanted;
    }

    private List<String> failures() {
        return loads.stream().flatMap(load -> load.tally().failures().stream()).toList();
    }

    private void signal(Signal signal) {
        Processes.kill(master, signal);
    }

    long master() {
        return master;
    }

    int kills() {
        return kills;
    }

    String summary() {
        return "%d acts %s, workers killed or stopped for good %d, which cost %d requests"
                .formatted(acts.size(), counts(), kills, failures().size());
    }

    private Map<String, Long> counts() {
        return acts.stream()
                .collect(Collectors.groupingBy(it -> it, TreeMap::new, Collectors.counting()));
    }

    @Override
    public String toString() {
        return "%d acts, the last %s; lost %s"
                .formatted(
                        acts.size(),
                        acts.subList(Math.max(0, acts.size() - 5), acts.size()),
                        failures());
    }
}
