package junicorn.master.decide;

import static java.lang.System.Logger.Level.DEBUG;
import static java.time.Duration.ZERO;
import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import junicorn.master.loop.Action;
import junicorn.master.loop.Event;
import junicorn.master.settings.Limits;
import junicorn.master.settings.Renewal;
import junicorn.master.table.Evidence;
import junicorn.master.table.Pulse;
import junicorn.os.Exit;
import junicorn.os.Signal;
import junicorn.scaling.Scaling;
import junicorn.scoreboard.WorkerState;

/// A supervisor and short words for what may happen to it. A worker's pid is 100 + its slot, unless
/// a test says otherwise.
final class SupervisorScene {
    static final Exit CRASH = new Exit.Killed(11, false);
    static final Exit KILLED = new Exit.Killed(9, false);

    private final Supervisor supervisor;
    private final List<String> said = new ArrayList<>();
    private final List<Evidence> kept = new ArrayList<>();
    private final List<Integer> leaders = new ArrayList<>();
    private final Map<Integer, Pulse> pulses = new HashMap<>();
    private final List<String> endings = new ArrayList<>();
    private final List<String> askers = new ArrayList<>();
    private Event.Weighed weighed = new Event.Weighed(Map.of(), Long.MAX_VALUE);
    private int ticks;

    private SupervisorScene(Limits limits) {
        this.supervisor = new Supervisor(limits);
    }

    /// On a machine that starts so many workers at once.
    static SupervisorScene of(int workers, int startsAtOnce) {
        var grace = ofSeconds(30);
        return new SupervisorScene(
                new Limits(workers, 8, ofSeconds(30), ofMinutes(2), grace, startsAtOnce));
    }

    /// With 30 s, 120 s and 30 s as timeout, boot timeout and grace.
    static SupervisorScene of(int workers) {
        return with(workers, ofSeconds(30), ofMinutes(2));
    }

    static SupervisorScene with(int workers, Duration timeout, Duration bootTimeout) {
        return new SupervisorScene(new Limits(workers, 8, timeout, bootTimeout, ofSeconds(30), 8));
    }

    /// Two workers at first, replaced like this.
    static SupervisorScene of(Renewal renewal) {
        return new SupervisorScene(limits(2, renewal));
    }

    static Limits limits(int workers, Renewal renewal) {
        var grace = ofSeconds(30);
        var fixed = Scaling.fixed(8);
        return new Limits(workers, 16, ofSeconds(30), ofMinutes(2), grace, 8, fixed, renewal);
    }

    Supervisor supervisor() {
        return supervisor;
    }

    /// The evidence of workers that ended unexpectedly.
    List<Evidence> kept() {
        return kept;
    }

    List<String> said() {
        return said;
    }

    /// Who was made the leader, one after the other.
    List<Integer> leaders() {
        return leaders;
    }

    /// How reloads ended.
    List<String> endings() {
        return endings;
    }

    /// Who is told of it: `old` whose reload had begun, `new` whose has not; `begun` makes old ones
    /// of them.
    List<String> askers() {
        return askers;
    }

    /// What the scales show from now on; at first there is no end of memory.
    void memory(long workerBytes, long availableBytes) {
        weighed = new Event.Weighed(Map.of(100L, workerBytes), availableBytes);
    }

    /// HUP, and all goes well until the new generation may start.
    List<Action> reload(long generation, Limits limits, Duration now) {
        decide(new Event.SignalReceived(Signal.HUP), now);
        return decide(new Event.GenerationPrepared(generation, limits), now);
    }

    /// Two workers are ready at 0 s.
    void serving() {
        decide(new Event.Started(), ZERO);
        come(0, ZERO);
        come(1, ZERO);
    }

    void come(int slot, Duration now) {
        start(slot, now);
        ready(slot, now);
    }

    void start(int slot, Duration now) {
        decide(new Event.WorkerStarted(slot, 100 + slot), now);
    }

    List<Action> ready(int slot, Duration now) {
        return decide(new Event.WorkerReady(slot, 100 + slot, 480), now);
    }

    List<Action> unfit(int slot, Duration now) {
        return decide(new Event.WorkerUnfit(slot, 100 + slot, "it cannot go on"), now);
    }

    /// By somebody's KILL.
    List<Action> died(int slot, Duration now) {
        return exit(slot, 100 + slot, KILLED, now);
    }

    List<Action> crashed(int slot, Duration now) {
        return exit(slot, 100 + slot, CRASH, now);
    }

    List<Action> exit(int slot, long pid, Exit exit, Duration now) {
        return decide(new Event.WorkerExited(slot, pid, exit, WorkerState.READY), now);
    }

    /// From now on every tick sees this; without it, a worker beats from tick to tick.
    void pulse(int slot, Pulse pulse) {
        pulses.put(slot, pulse);
    }

    List<Action> tick(Duration now) {
        return tick(now, false);
    }

    List<Action> tick(Duration now, boolean clientsWait) {
        ticks++;
        var seen = new HashMap<Integer, Pulse>();
        for (int slot = 0; slot < 16; slot++) {
            seen.put(slot, new Pulse(ticks, 0, ZERO));
        }
        seen.putAll(pulses);
        return decide(new Event.TimerFired(seen, clientsWait), now);
    }

    /// What is done; what is said goes to [#said], who leads to [#leaders].
    List<Action> decide(Event event, Duration now) {
        var done = new ArrayList<Action>();
        for (var action : supervisor.decide(event, now)) {
            switch (action) {
                case Action.Say(var level, String text) -> {
                    if (level != DEBUG && !text.endsWith("is the leader")) {
                        said.add(text);
                    }
                }
                case Action.Explain _ -> {} // QUIT follows
                case Action.Keep(var evidence) -> kept.add(evidence);
                case Action.Lead(int slot) -> leaders.add(slot);
                case Action.Weigh _ -> done.addAll(decide(weighed, now));
                case Action.ReloadBegun() -> askers.add("begun");
                case Action.ReloadEnded(boolean begun, boolean succeeded, String words) -> {
                    endings.add(succeeded + " " + words);
                    askers.add("%s %s".formatted(begun ? "old" : "new", succeeded));
                }
                default -> done.add(action);
            }
        }
        return done;
    }
}
