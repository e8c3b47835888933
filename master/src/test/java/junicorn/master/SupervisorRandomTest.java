package junicorn.master;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import junicorn.os.Exit;
import junicorn.os.Signal;
import junicorn.scoreboard.WorkerState;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Ring 1: a world of simulated workers that boot, fail, hang, crash and obey at random, and what
/// must hold whatever happens.
class SupervisorRandomTest {
    private static final int SLOTS = 16;
    private static final Duration GRACE = Duration.ofSeconds(5);

    private final Limits limits =
            new Limits(3, SLOTS, Duration.ofSeconds(4), Duration.ofSeconds(6), GRACE, 2);
    private final Supervisor supervisor = new Supervisor(limits);
    private final Map<Integer, Simulated> living = new TreeMap<>();
    private final Deque<Event> due = new ArrayDeque<>();
    private Random random = new Random(0);
    private Duration now = Duration.ZERO;
    private long lastPid = 1000;
    private int wanted = 3;
    private boolean stopping;
    private boolean closed;

    private static final class Simulated {
        final long pid;
        final Duration spawnedAt;
        boolean ready;
        boolean failed;
        boolean leads;
        boolean hung;
        boolean unfit;
        long beats;
        final Set<Signal> got = new HashSet<>();
        Duration askedAt = Duration.ofDays(1);

        Simulated(long pid, Duration spawnedAt) {
            this.pid = pid;
            this.spawnedAt = spawnedAt;
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20})
    void whateverHappensTheRulesHold(long seed) {
        random = new Random(seed);
        assertThatCode(
                        () -> {
                            decide(new Event.Started());
                            for (int step = 0; step < 5_000 && !supervisor.finished(); step++) {
                                step();
                            }
                            stop();
                        })
                .as("seed %d", seed)
                .doesNotThrowAnyException();
    }

    /// Whatever the state: TERM ends everything in the time promised.
    private void stop() {
        var end = now.plus(GRACE).plusSeconds(1);
        stopping = true;
        decide(new Event.SignalReceived(Signal.TERM));
        while (!supervisor.finished()) {
            assertThat(now).isLessThan(end);
            step();
        }
        assertThat(living).isEmpty();
        assertThat(closed).isTrue();
    }

    private void step() {
        now = now.plusMillis(random.nextInt(200));
        living.forEach(this::live);
        while (!due.isEmpty()) {
            decide(due.remove());
        }
        if (!stopping && random.nextInt(50) == 0) {
            signal(random.nextBoolean() ? Signal.TTIN : Signal.TTOU);
        }
        var pulses = new HashMap<Integer, Pulse>();
        living.forEach((slot, it) -> pulses.put(slot, new Pulse(it.beats, 0, Duration.ZERO)));
        decide(new Event.TimerFired(pulses, random.nextInt(10) == 0));
    }

    private void live(int slot, Simulated it) {
        it.hung |= random.nextInt(400) == 0;
        if (it.hung) {
            if (it.got.contains(Signal.KILL)) {
                exits(slot, it, new Exit.Killed(9, false));
            }
            return;
        }
        it.beats++;
        if (it.leads && !it.got.isEmpty() && random.nextInt(3) == 0) {
            it.leads = false;
            due.add(new Event.WorkerYielded(slot, it.pid));
        }
        if (it.got.contains(Signal.KILL) || random.nextInt(300) == 0) {
            exits(slot, it, new Exit.Killed(9, false));
        } else if (!it.got.isEmpty() && random.nextInt(5) == 0) {
            exits(slot, it, new Exit.Code(0));
        } else if (!it.ready && random.nextInt(4) == 0) {
            it.ready = true;
            due.add(new Event.WorkerReady(slot, it.pid, 100));
        } else if (it.ready && random.nextInt(200) == 0) {
            it.unfit |= !stopping && it.got.isEmpty();
            due.add(new Event.WorkerUnfit(slot, it.pid, "at random"));
        } else if (!it.ready && random.nextInt(20) == 0) {
            it.failed = true;
            due.add(new Event.BootFailed(slot, it.pid, "cause " + random.nextInt(30), ""));
            exits(slot, it, new Exit.Code(1));
        }
    }

    private void exits(int slot, Simulated it, Exit exit) {
        it.got.add(Signal.CHLD); // dead, not yet reaped
        due.add(new Event.WorkerExited(slot, it.pid, exit, WorkerState.READY));
    }

    private void signal(Signal signal) {
        wanted = Math.clamp(wanted + (signal == Signal.TTIN ? 1 : -1), 1, limits.workersMax());
        decide(new Event.SignalReceived(signal));
    }

    private void decide(Event event) {
        if (event instanceof Event.WorkerExited exit) {
            var it = living.get(exit.slot());
            if (it == null || it.pid != exit.pid()) {
                return; // it died twice in this simulation
            }
            living.remove(exit.slot());
        }
        for (var action : supervisor.decide(event, now)) {
            perform(action);
        }
        check();
    }

    private void perform(Action action) {
        switch (action) {
            case Action.Spawn(int slot, _, _) -> {
                assertThat(stopping || closed).as("no spawn while stopping").isFalse();
                assertThat(living).as("slot %d is free", slot).doesNotContainKey(slot);
                assertThat(slot).isBetween(0, SLOTS - 1);
                assertThat(action).isEqualTo(new Action.Spawn(slot, 1));
                if (random.nextInt(30) == 0) {
                    due.addFirst(new Event.SpawnFailed(slot, "EAGAIN"));
                } else {
                    living.put(slot, new Simulated(++lastPid, now));
                    due.addFirst(new Event.WorkerStarted(slot, lastPid));
                }
            }
            case Action.Send(int slot, Signal signal) -> {
                var it = living.get(slot);
                Objects.requireNonNull(it, "nothing is sent to the reaped");
                assertThat(it.got.add(signal)).as("%s is sent once", signal).isTrue();
                it.askedAt = now.compareTo(it.askedAt) < 0 ? now : it.askedAt;
            }
            case Action.Lead(int slot) -> lead(slot);
            case Action.CloseListeners() -> {
                assertThat(closed).as("closed once").isFalse();
                closed = true;
            }
            case Action.ReopenLogs _,
                    Action.Serve _,
                    Action.OfUpgrade _,
                    Action.ReadSettings _,
                    Action.Prepare _,
                    Action.ReloadEnded _,
                    Action.Weigh _ ->
                    throw new AssertionError("not asked for: " + action);
            case Action.RefuseNew() -> assertThat(stopping).isTrue();
            case Action.Keep(var evidence) -> assertThat(evidence.end()).isNotBlank();
            case Action.Say(_, String text) -> assertThat(text).isNotBlank();
        }
    }

    private void lead(int slot) {
        assertThat(living.values()).as("one leader").noneMatch(it -> it.leads);
        Objects.requireNonNull(living.get(slot), "the dead do not lead").leads = true;
    }

    private boolean isStarting(Simulated it) {
        var age = now.minus(it.spawnedAt);
        return !it.ready && !it.failed && it.got.isEmpty() && age.compareTo(Limits.CROWDING) < 0;
    }

    private void check() {
        var asked = living.values().stream().filter(it -> !it.got.isEmpty()).count();
        var unfit = living.values().stream().filter(it -> it.got.isEmpty() && it.unfit).count();
        assertThat(living.size() - asked)
                .as("not more than wanted, but for those who are to be replaced")
                .isLessThanOrEqualTo(wanted + unfit);
        assertThat(living.values().stream().filter(this::isStarting).count())
                .as("not too many start at once")
                .isLessThanOrEqualTo(limits.startsAtOnce());
        for (var it : living.values()) {
            assertThat(it.got.contains(Signal.KILL) || now.minus(it.askedAt).compareTo(GRACE) <= 0)
                    .as("who was asked to go is gone, or killed, in time")
                    .isTrue();
            assertThat(it.ready || !it.got.isEmpty() || now.minus(it.spawnedAt).toSeconds() < 7)
                    .as("a boot does not last for ever")
                    .isTrue();
        }
        assertThat(supervisor.patience(now)).isBetween(Duration.ZERO, Limits.PATROL);
    }
}
