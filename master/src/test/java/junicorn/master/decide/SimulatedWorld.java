package junicorn.master.decide;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import junicorn.master.loop.Action;
import junicorn.master.loop.Event;
import junicorn.master.settings.Limits;
import junicorn.master.settings.MasterSettings;
import junicorn.master.settings.Renewal;
import junicorn.master.table.Pulse;
import junicorn.os.Exit;
import junicorn.os.Signal;
import junicorn.scoreboard.WorkerState;

/// A master's surroundings without a process: workers that boot, fail, hang, crash, tire and obey
/// at random, memory that comes and goes, configurations that can be read or not. It performs what
/// the supervisor orders, and objects to orders that are impossible or wrong.
final class SimulatedWorld {
    static final int SLOTS = 32;
    static final Duration GRACE = Duration.ofSeconds(5);

    private static final Pattern LIVE = Pattern.compile("generation (\\d+) is live");
    private static final Pattern RECYCLED = Pattern.compile("worker (\\d+) is recycled");
    private static final Pattern MAKES_ROOM = Pattern.compile("so worker (\\d+) stops before its");
    private static final Pattern SUCCEEDED =
            Pattern.compile("worker (\\d+) retires, its successor is ready");

    final Random random;
    final Map<Integer, SimulatedWorker> living = new TreeMap<>();
    private final Deque<Event> due = new ArrayDeque<>();

    /// What came of the master's own actions: before all others.
    private final Deque<Event> own = new ArrayDeque<>();

    /// Slots whose worker could not be spawned, until the supervisor knows.
    private final Set<Integer> unborn = new HashSet<>();

    Duration now = Duration.ZERO;
    Limits limits;
    int wanted = 3;
    long proven = 1;
    long current = 1;
    boolean memoryIsShort;
    boolean everReady;
    Duration triedAt = Duration.ZERO;
    boolean calm;
    boolean stopping;
    boolean closed;
    private final Deque<String> said = new ArrayDeque<>();
    private long lastPid = 1000;

    SimulatedWorld(long seed, Limits limits) {
        random = new Random(seed);
        this.limits = limits;
    }

    /// A moment passes.
    void live() {
        var time = Duration.ofMillis(random.nextInt(200));
        now = now.plus(time);
        living.values().stream().filter(it -> !it.ready).forEach(it -> it.boots(time));
        memoryIsShort = !calm && (random.nextInt(50) == 0) != memoryIsShort;
        living.forEach(this::live);
    }

    Event.TimerFired look() {
        var pulses = new HashMap<Integer, Pulse>();
        living.forEach((slot, it) -> pulses.put(slot, it.pulse()));
        return new Event.TimerFired(pulses, random.nextInt(10) == 0, 0);
    }

    /// Something that happens about once in so many moments, but not in calm times.
    private boolean badLuck(int moments) {
        return !calm && random.nextInt(moments) == 0;
    }

    private void live(int slot, SimulatedWorker it) {
        it.hung |= badLuck(400);
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
        if (it.got.contains(Signal.KILL) || badLuck(300)) {
            exits(slot, it, new Exit.Killed(random.nextBoolean() ? 9 : 11, false));
        } else if (!it.got.isEmpty() && random.nextInt(5) == 0) {
            exits(slot, it, new Exit.Code(0));
        } else if (!it.ready && random.nextInt(it.isQuick() ? 4 : 60) == 0) {
            it.ready = true;
            due.add(new Event.WorkerReady(slot, it.pid, 100));
        } else if (it.ready && badLuck(200)) {
            it.unfit |= !stopping && it.got.isEmpty();
            due.add(new Event.WorkerUnfit(slot, it.pid, "at random"));
        } else if (it.ready && badLuck(200)) {
            it.tired = true;
            due.add(new Event.WorkerTired(slot, it.pid, "at random"));
        } else if (!it.ready && badLuck(20)) {
            it.failed = true;
            due.add(new Event.BootFailed(slot, it.pid, "cause " + random.nextInt(30), ""));
            exits(slot, it, new Exit.Code(1));
        }
    }

    private void exits(int slot, SimulatedWorker it, Exit exit) {
        if (!it.dead) {
            it.dead = true; // and not yet reaped
            due.add(new Event.WorkerExited(slot, it.pid, exit, WorkerState.READY));
        }
    }

    Optional<Event> next() {
        return Optional.ofNullable(own.isEmpty() ? due.poll() : own.poll());
    }

    /// It is about to be told to the supervisor.
    void tell(Event event) {
        if (event instanceof Event.SpawnFailed(int slot, _)) {
            unborn.remove(slot);
        } else if (event instanceof Event.WorkerExited exit) {
            living.remove(exit.slot());
        } else if (event instanceof Event.WorkerReady(int slot, long pid, _)) {
            var it = living.get(slot);
            if (it != null && it.pid == pid) {
                it.known = true;
                everReady = true;
            }
        } else if (event instanceof Event.GenerationPrepared(long generation, Limits inForce, _)) {
            current = generation;
            limits = inForce;
        }
    }

    void perform(Action action) {
        switch (action) {
            case Action.Spawn(int slot, long generation, boolean parked) ->
                    spawn(slot, generation, parked);
            case Action.Send(int slot, Signal signal) -> {
                if (!unborn.contains(slot)) {
                    send(living(slot), signal);
                }
            }
            case Action.Lead(int slot) -> {
                assertThat(living.values()).as("one leader").noneMatch(it -> it.leads);
                living(slot).leads = true;
            }
            case Action.Serve(int slot) -> called(living(slot));
            case Action.Explain(int slot) ->
                    own.add(new Event.WorkerExplained(slot, living(slot).pid, "stuck in a test"));
            case Action.Weigh() -> weigh();
            case Action.ReadSettings() -> read();
            case Action.Prepare(long generation, MasterSettings settings) ->
                    own.add(prepared(generation, settings));
            case Action.ReloadBegun() -> {}
            case Action.ReloadEnded(_, _, String words) -> ended(words);
            case Action.CloseListeners() -> {
                assertThat(closed).as("closed once").isFalse();
                closed = true;
            }
            case Action.Keep(var evidence) -> assertThat(evidence.end()).isNotBlank();
            case Action.ReopenLogs _ -> throw new AssertionError("nobody asked for it");
            case Action.OfUpgrade _ -> throw new AssertionError("nobody asked for a new master");
            case Action.RefuseLeft() -> {}
            case Action.RefuseNew() -> assertThat(stopping).isTrue();
            case Action.Say(_, String text) -> heard(text);
        }
    }

    private void called(SimulatedWorker it) {
        assertThat(it.parked && it.ready).as("a standby is called").isTrue();
        assertThat(it.generation)
                .as("that runs the current code, or during a reload that before it %s", this)
                .isIn(current, proven);
        it.parked = false;
    }

    private Event prepared(long generation, MasterSettings settings) {
        var limits = settings.limits(SLOTS);
        return new Event.GenerationPrepared(generation, limits, random.nextBoolean());
    }

    private SimulatedWorker living(int slot) {
        return Objects.requireNonNull(
                living.get(slot), () -> "nothing is done to the reaped, to " + slot + " " + said);
    }

    private void spawn(int slot, long generation, boolean parked) {
        assertThat(stopping || closed).as("no spawn while stopping").isFalse();
        assertThat(living).as("slot %d is free", slot).doesNotContainKey(slot);
        assertThat(slot).isBetween(0, SLOTS - 1);
        assertThat(generation).as("nobody starts with old code").isEqualTo(current);
        if (badLuck(30)) {
            unborn.add(slot);
            triedAt = now;
            own.add(new Event.SpawnFailed(slot, "EAGAIN"));
        } else {
            lastPid++;
            var it = new SimulatedWorker(lastPid, generation, parked, now);
            it.start = badLuck(3) ? SimulatedWorker.Start.any(random) : it.start;
            living.put(slot, it);
            own.add(new Event.WorkerStarted(slot, lastPid));
        }
    }

    private void send(SimulatedWorker it, Signal signal) {
        if (signal == Signal.TERM && it.serves() && !stopping) {
            var others = living.values().stream().anyMatch(each -> each != it && each.serves());
            assertThat(others || wanted == 1).as("somebody serves on %s %s", living, said).isTrue();
        }
        assertThat(it.got.add(signal)).as("%s is sent once", signal).isTrue();
        it.askedAt = now.compareTo(it.askedAt) < 0 ? now : it.askedAt;
    }

    private void weigh() {
        var pss = new HashMap<Long, Long>();
        living.values().forEach(it -> pss.put(it.pid, 80L + it.pid % 50));
        due.add(new Event.Weighed(pss, memoryIsShort ? 60 : 10_000));
    }

    private void read() {
        if (badLuck(4)) {
            due.add(new Event.ReloadRefused("at random"));
            return;
        }
        var renewal =
                new Renewal(
                        1 + random.nextInt(3),
                        limits.renewal().standby(),
                        limits.renewal().maxLifetime(),
                        0);
        due.add(new Event.ReloadRead(Samples.settings(limits.workers(), renewal)));
    }

    private void heard(String text) {
        assertThat(text).isNotBlank();
        said.addLast(text);
        if (said.size() > 30) {
            said.removeFirst();
        }
        var live = LIVE.matcher(text);
        if (live.lookingAt()) {
            proven = Long.parseLong(live.group(1));
        }
        var recycled = RECYCLED.matcher(text);
        if (recycled.lookingAt()) {
            recycles(living(Integer.parseInt(recycled.group(1))));
        }
        var leaver = MAKES_ROOM.matcher(text);
        if (leaver.find()) {
            living(Integer.parseInt(leaver.group(1))).makesRoom = true;
        }
        var succeeded = SUCCEEDED.matcher(text);
        if (succeeded.lookingAt()) {
            var it = living(Integer.parseInt(succeeded.group(1)));
            assertThat(living.values().stream().filter(each -> each != it && each.serves()).count())
                    .as("those who serve when one retires whose successor is ready %s", said)
                    .isGreaterThanOrEqualTo(wanted);
        }
    }

    /// Only a standby that is ready spares the next one the wait.
    private void recycles(SimulatedWorker it) {
        if (living.values().stream().noneMatch(each -> each.parked && each.known)) {
            assertThat(living.values())
                    .as("one at a time %s", said)
                    .noneMatch(each -> each.recycled);
        }
        it.recycled = true;
    }

    private void ended(String words) {
        if (words.startsWith("reload failed")) {
            current = proven;
        } else if (words.contains("fully drained")) {
            assertThat(living.values()).as(words).allMatch(it -> it.generation == current);
        }
    }

    @Override
    public String toString() {
        return "wanted=%d current=%d %s%n%s".formatted(wanted, current, living, said);
    }
}
