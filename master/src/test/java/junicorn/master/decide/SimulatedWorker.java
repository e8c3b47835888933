package junicorn.master.decide;

import java.time.Duration;
import java.util.EnumSet;
import java.util.Random;
import java.util.Set;
import junicorn.master.settings.Limits;
import junicorn.master.table.Cores;
import junicorn.master.table.Halt;
import junicorn.master.table.Pulse;
import junicorn.os.Signal;

/// A worker of a [SimulatedWorld]: what it is, and what it was told.
final class SimulatedWorker {
    final long pid;
    final long generation;
    final Duration spawnedAt;
    final Set<Signal> got = EnumSet.noneOf(Signal.class);
    boolean parked;
    boolean ready;
    boolean known;
    boolean failed;
    boolean leads;
    boolean hung;
    boolean unfit;
    boolean tired;
    boolean recycled;
    boolean dead;
    boolean makesRoom;
    long beats;
    Start start = Start.QUICK;
    private Duration ran = Duration.ZERO;
    private Duration waited = Duration.ZERO;
    Duration askedAt = Duration.ofDays(1);

    /// How it gets to ready.
    enum Start {
        QUICK,
        /// With much to do, on a core of its own.
        LONG,
        /// The same, but half of the time others have its core.
        STARVED,
        /// It waits for something else than a core.
        IDLE;

        static Start any(Random random) {
            return values()[random.nextInt(values().length)];
        }
    }

    SimulatedWorker(long pid, long generation, boolean parked, Duration spawnedAt) {
        this.pid = pid;
        this.generation = generation;
        this.parked = parked;
        this.spawnedAt = spawnedAt;
    }

    boolean isQuick() {
        return start == Start.QUICK;
    }

    /// It accepts clients as far as the master knows, and nobody has told it to stop.
    boolean serves() {
        return known && !parked && got.isEmpty();
    }

    /// As far as the master can know.
    boolean isBooting() {
        return !known && !failed && got.isEmpty();
    }

    /// Its end is: it is to be killed soon, or to make room for the next.
    boolean isAwaited() {
        return makesRoom || got.contains(Signal.QUIT);
    }

    boolean takesCore(Duration now) {
        var seenIdle = start == Start.IDLE && now.minus(spawnedAt).compareTo(Limits.IDLE) >= 0;
        return !ready && isBooting() && !seenIdle;
    }

    /// How long it may boot until something is said against it.
    Duration bootMax() {
        return Duration.ofSeconds(start == Start.STARVED ? 14 : 7);
    }

    void boots(Duration time) {
        switch (start) {
            case QUICK, LONG -> ran = ran.plus(time);
            case STARVED -> {
                ran = ran.plus(time.dividedBy(2));
                waited = waited.plus(time.dividedBy(2));
            }
            case IDLE -> ran = ran.plus(time.dividedBy(100));
        }
    }

    Pulse pulse() {
        var cores = ready ? Cores.UNKNOWN : new Cores(ran, waited);
        return new Pulse(beats, 0, Duration.ZERO, Halt.NONE, false, cores);
    }

    @Override
    public String toString() {
        return "%d of %d parked=%s ready=%s got=%s".formatted(pid, generation, parked, ready, got);
    }
}
