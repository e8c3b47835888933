package junicorn.master;

import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
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
    long beats;
    Duration askedAt = Duration.ofDays(1);

    SimulatedWorker(long pid, long generation, boolean parked, Duration spawnedAt) {
        this.pid = pid;
        this.generation = generation;
        this.parked = parked;
        this.spawnedAt = spawnedAt;
    }

    /// It accepts clients as far as the master knows, and nobody has told it to stop.
    boolean serves() {
        return known && !parked && got.isEmpty();
    }

    boolean isStarting(Duration now) {
        var age = now.minus(spawnedAt);
        return !ready && !failed && got.isEmpty() && age.compareTo(Limits.CROWDING) < 0;
    }

    @Override
    public String toString() {
        return "%d of %d parked=%s ready=%s got=%s".formatted(pid, generation, parked, ready, got);
    }
}
