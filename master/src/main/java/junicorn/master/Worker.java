package junicorn.master;

import java.time.Duration;
import java.util.Optional;

/// What the [Supervisor] knows of one worker, from the decision to spawn it until it was reaped.
final class Worker implements Seat {
    private Streak streak;
    private final Duration spawnedAt;
    final Boot boot;
    private final long generation;
    private long pid;
    private Optional<Duration> readyAt = Optional.empty();
    private Optional<Duration> servesSince = Optional.empty();
    private Optional<Duration> killAt = Optional.empty();
    final Heart heart = new Heart();
    private boolean parked;
    private boolean promised;
    private boolean outgoing;
    private boolean stale;
    private boolean retiring;
    private boolean condemned;
    private boolean killed;
    private boolean yielded;
    private Optional<Verdict> blame = Optional.empty();
    private Optional<String> dump = Optional.empty();

    /// One that is about to be spawned.
    ///
    /// @param streak of those before it in its slot
    /// @param parked it is to be a standby
    Worker(Streak streak, Duration spawnedAt, long generation, boolean parked) {
        this.streak = streak;
        this.spawnedAt = spawnedAt;
        boot = new Boot(spawnedAt);
        this.generation = generation;
        this.parked = parked;
    }

    @Override
    public Streak streak() {
        return streak;
    }

    void started(long newPid) {
        pid = newPid;
    }

    void ready(Duration now) {
        readyAt = Optional.of(now);
        heart.begin(now);
        if (!parked) {
            servesSince = readyAt;
        }
    }

    /// It is parked no more.
    ///
    /// @param inherited the streak of the one whose place it takes
    void serve(Streak inherited, Duration now) {
        parked = false;
        streak = inherited;
        servesSince = Optional.of(now);
        heart.begin(now);
    }

    /// A standby that is not yet ready: when it is, a place waits for it.
    void promise(Streak inherited) {
        parked = false;
        promised = true;
        streak = inherited;
    }

    /// Its place went to another who was ready before it.
    void standBackFor(Worker other) {
        other.streak = streak;
        parked = true;
        promised = false;
    }

    /// It was promised a place, became ready, and has to be told. Once.
    boolean takesPromisedPlace() {
        var due = promised && isServing();
        promised &= !due;
        return due;
    }

    boolean isPromised() {
        return promised && isBooting();
    }

    /// What the kernel tells of its start.
    void cores(Cores cores, Duration now) {
        if (!isReady()) {
            boot.look(cores, now);
        }
    }

    /// KILL could not be sent; it is tried again then.
    void notKilled(Duration again) {
        if (killed) {
            killed = false;
            killAt = Optional.of(again);
        }
    }

    /// It is to be replaced: it serves until its successor does.
    void outgo() {
        outgoing = true;
    }

    /// It is to be replaced as all of its generation are.
    void stale() {
        stale = true;
    }

    /// Its generation is not to be replaced after all.
    void stay() {
        stale = false;
    }

    /// It is no longer wanted, and has until then.
    void retire(Duration deadline) {
        retiring = true;
        killBy(deadline);
    }

    /// It is stuck or broken: nothing good is expected of it any more.
    void condemn(Duration deadline) {
        condemned = true;
        killBy(deadline);
    }

    /// It was the leader and stops, whoever asked it to.
    void yielded() {
        yielded = true;
    }

    /// Why it ends, should it end: the first reason counts.
    void blame(Verdict.Kind kind, String words) {
        if (blame.isEmpty()) {
            blame = Optional.of(new Verdict(kind, words));
        }
    }

    /// What its threads did, or the exception that it did not start with.
    void explained(String text) {
        dump = Optional.of(text);
    }

    Optional<Verdict> blame() {
        return blame;
    }

    Optional<String> dump() {
        return dump;
    }

    void killed() {
        killed = true;
    }

    private void killBy(Duration deadline) {
        if (killAt.isEmpty() || killAt.get().compareTo(deadline) > 0) {
            killAt = Optional.of(deadline);
        }
    }

    /// One word for operators.
    String state() {
        if (condemned) {
            return "failing";
        }
        if (retiring) {
            return "draining";
        }
        if (!isReady()) {
            return "starting";
        }
        if (parked) {
            return "standby";
        }
        return isOutgoing() ? "outgoing" : "ready";
    }

    boolean is(long otherPid) {
        return pid == otherPid;
    }

    boolean isOf(long aGeneration) {
        return generation == aGeneration;
    }

    /// The older generation first.
    int byAge(Worker other) {
        return Long.compare(generation, other.generation);
    }

    long generation() {
        return generation;
    }

    long pid() {
        return pid;
    }

    boolean isReady() {
        return readyAt.isPresent();
    }

    /// It may still become ready, and needs a core for that.
    boolean isStarting() {
        return isBooting() && !boot.isIdle();
    }

    /// It may still become ready.
    boolean isBooting() {
        return !isReady() && !retiring && !condemned;
    }

    /// It accepts clients, and is to go on so for now.
    boolean isServing() {
        return isReady() && !parked && !retiring && !condemned;
    }

    @Override
    public boolean isParked() {
        return parked;
    }

    /// It could serve at once.
    boolean isStandby() {
        return isReady() && parked && !retiring && !condemned;
    }

    /// It will be a standby, and is not ready yet.
    boolean isFutureStandby() {
        return parked && isBooting();
    }

    boolean mayLead() {
        return isServing() && !yielded;
    }

    /// It serves, and not for long.
    boolean isOutgoing() {
        return (outgoing || stale) && !retiring;
    }

    /// Its whole generation is outgoing.
    boolean isStale() {
        return stale && !retiring;
    }

    /// It is one of those that are wanted.
    boolean isStaying() {
        return !outgoing && !stale && !retiring && !parked;
    }

    boolean isRetiring() {
        return retiring;
    }

    /// Its start has failed, and it is still to end.
    boolean isFailing() {
        return condemned && !isReady();
    }

    boolean isCondemned() {
        return condemned;
    }

    boolean isToBeKilled(Duration now) {
        return !killed && killAt.isPresent() && killAt.get().compareTo(now) <= 0;
    }

    /// When something is to be done about it, if nothing happens before.
    Optional<Duration> deadline(Duration bootTimeout) {
        if (killed) {
            return Optional.empty();
        }
        var boots = !isReady() && !bootTimeout.isZero();
        return killAt.or(() -> boots ? Optional.of(boot.end(bootTimeout)) : Optional.empty());
    }

    Duration age(Duration now) {
        return now.minus(spawnedAt);
    }

    /// How long it has accepted clients.
    Duration served(Duration now) {
        return servesSince.map(now::minus).orElse(Duration.ZERO);
    }
}
