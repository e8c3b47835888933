package junicorn.systemtest;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import junicorn.os.Processes;
import junicorn.os.Signal;

/// A server's long life in short: it is reloaded, scaled, upgraded, and workers are killed, one
/// after the other at random, while clients ask all the time. After each act it must come to rest:
/// as many workers as are wanted, all of them ready, and nothing open in the master that was not
/// before.
///
/// A client may lose a request to one thing only: that the worker was killed which had its
/// connection.
final class Soak {
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final int WORKERS_MAX = 4;
    private static final Pattern READY = Pattern.compile("worker \\d+ ready pid=(\\d+)");

    private enum Act {
        RELOAD,
        KILL,
        MORE,
        FEWER,
        UPGRADE
    }

    private final RunningServer server;
    private final List<Load> loads;
    private final Random random;
    private final int workers;
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
        this.master = server.pid();
        rest();
        handlesMax = handles();
    }

    /// Acts until the time is up, and waits for the end of the last one.
    void run(Duration length) {
        var end = System.nanoTime() + length.toNanos();
        while (System.nanoTime() - end < 0) {
            var all = Act.values();
            act(all[random.nextInt(all.length)]);
        }
    }

    private void act(Act act) {
        acts.add(act.name());
        switch (act) {
            case RELOAD -> reload();
            case KILL -> kill();
            case MORE -> scale(Signal.TTIN, Math.min(WORKERS_MAX, wanted + 1));
            case FEWER -> scale(Signal.TTOU, Math.max(1, wanted - 1));
            case UPGRADE -> upgrade();
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
        var all = List.copyOf(children());
        long victim = all.get(random.nextInt(all.size()));
        Processes.kill(victim, Signal.STOP);
        Await.until("a worker at rest", PATIENCE, () -> ProcFiles.state(victim), it -> it == 'T');
        lostMax += ProcFiles.connections(victim, server.port());
        kills++;
        Processes.kill(victim, Signal.KILL);
        Await.until("its end", PATIENCE, () -> Leftovers.isAlive(victim), alive -> !alive);
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
        return "%d acts, of them %d kills, which cost %d requests"
                .formatted(acts.size(), kills, failures().size());
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
