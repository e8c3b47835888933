package junicorn.master.table;

import java.time.Duration;
import java.util.Optional;

/// What the `Supervisor` knows of one worker, from the decision to spawn it until it was reaped.
public final class Worker implements Seat {
    private CrashBackoff backoff;
    private final Duration spawnedAt;
    public final Boot boot;
    private final long generation;
    private long pid;
    private Optional<Duration> readyAt = Optional.empty();
    private Optional<Duration> servesSince = Optional.empty();
    private Optional<Duration> killAt = Optional.empty();
    public final Heart heart = new Heart();
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
    /// @param backoff of those before it in its slot
    /// @param parked it is to be a standby
    public Worker(CrashBackoff backoff, Duration spawnedAt, long generation, boolean parked) {
        this.backoff = backoff;
        this.spawnedAt = spawnedAt;
        boot = new Boot(spawnedAt);
        this.generation = generation;
        this.parked = parked;
    }

    @Override
    public CrashBackoff backoff() {
        return backoff;
    }

    public void started(long newPid) {
        pid = newPid;
    }

    public void ready(Duration now) {
        readyAt = Optional.of(now);
        heart.begin(now);
        if (!parked) {
            servesSince = readyAt;
        }
    }

    /// It is parked no more.
    ///
    /// @param inherited the back-off of the one whose place it takes
    public void serve(CrashBackoff inherited, Duration now) {
        parked = false;
        backoff = inherited;
        servesSince = Optional.of(now);
        heart.begin(now);
    }

    /// A standby that is not yet ready: when it is, a place waits for it.
    public void promise(CrashBackoff inherited) {
        parked = false;
        promised = true;
        backoff = inherited;
    }

    /// Its place went to another who was ready before it.
    public void standBackFor(Worker other) {
        other.backoff = backoff;
        parked = true;
        promised = false;
    }

    /// It was promised a place, became ready, and has to be told. Once.
    public boolean takesPromisedPlace() {
        var due = promised && isServing();
        promised &= !due;
        return due;
    }

    public boolean isPromised() {
        return promised && isBooting();
    }

    /// What the kernel tells of its start.
    public void cores(Cores cores, Duration now) {
        if (!isReady()) {
            boot.look(cores, now);
        }
    }

    /// KILL could not be sent; it is tried again then.
    public void notKilled(Duration again) {
        if (killed) {
            killed = false;
            killAt = Optional.of(again);
        }
    }

    /// It is to be replaced: it serves until its successor does.
    public void outgo() {
        outgoing = true;
    }

    /// It is to be replaced as all of its generation are.
    public void stale() {
        stale = true;
    }

    /// Its generation is not to be replaced after all.
    public void stay() {
        stale = false;
    }

    /// It is no longer wanted, and has until then.
    public void retire(Duration deadline) {
        retiring = true;
        killBy(deadline);
    }

    /// It is stuck or broken: nothing good is expected of it any more.
    public void condemn(Duration deadline) {
        condemned = true;
        killBy(deadline);
    }

    /// It was the leader and stops, whoever asked it to.
    public void yielded() {
        yielded = true;
    }

    /// Why it ends, should it end: the first reason counts.
    public void blame(Verdict.Kind kind, String words) {
        if (blame.isEmpty()) {
            blame = Optional.of(new Verdict(kind, words));
        }
    }

    /// What its threads did, or the exception that it did not start with.
    public void explained(String text) {
        dump = Optional.of(text);
    }

    public Optional<Verdict> blame() {
        return blame;
    }

    public Optional<String> dump() {
        return dump;
    }

    public void killed() {
        killed = true;
    }

    private void killBy(Duration deadline) {
        if (killAt.isEmpty() || killAt.get().compareTo(deadline) > 0) {
            killAt = Optional.of(deadline);
        }
    }

    /// One word for operators.
    public String state() {
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

    public boolean is(long otherPid) {
        return pid == otherPid;
    }

    public boolean isOf(long aGeneration) {
        return generation == aGeneration;
    }

    /// The older generation first.
    public int byAge(Worker other) {
        return Long.compare(generation, other.generation);
    }

    public long generation() {
        return generation;
    }

    public long pid() {
        return pid;
    }

    public boolean isReady() {
        return readyAt.isPresent();
    }

    /// It may still become ready, and needs a core for that.
    boolean isStarting() {
        return isBooting() && !boot.isIdle();
    }

    /// It may still become ready.
    public boolean isBooting() {
        return !isReady() && !retiring && !condemned;
    }

    /// It accepts clients, and is to go on so for now.
    public boolean isServing() {
        return isReady() && !parked && !retiring && !condemned;
    }

    @Override
    public boolean isParked() {
        return parked;
    }

    /// It could serve at once.
    public boolean isStandby() {
        return isReady() && parked && !retiring && !condemned;
    }

    /// It will be a standby, and is not ready yet.
    public boolean isFutureStandby() {
        return parked && isBooting();
    }

    public boolean mayLead() {
        return isServing() && !yielded;
    }

    /// It serves, and not for long.
    public boolean isOutgoing() {
        return (outgoing || stale) && !retiring;
    }

    /// Its whole generation is outgoing.
    public boolean isStale() {
        return stale && !retiring;
    }

    /// It is one of those that are wanted.
    public boolean isStaying() {
        return !outgoing && !stale && !retiring && !parked;
    }

    public boolean isRetiring() {
        return retiring;
    }

    /// Its start has failed, and it is still to end.
    boolean isFailing() {
        return condemned && !isReady();
    }

    public boolean isCondemned() {
        return condemned;
    }

    public boolean isToBeKilled(Duration now) {
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

    public Duration age(Duration now) {
        return now.minus(spawnedAt);
    }

    /// How long it has accepted clients.
    public Duration served(Duration now) {
        return servesSince.map(now::minus).orElse(Duration.ZERO);
    }
}
