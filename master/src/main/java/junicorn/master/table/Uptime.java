package junicorn.master.table;

import java.time.Duration;
import java.util.function.LongSupplier;

/// The master's clock: monotonic, and it stands still while the master does. A virtual machine that
/// is paused, a control group that is frozen, a process that is stopped: nobody could do anything
/// in that time, so it counts against no deadline. (In a suspended machine CLOCK_MONOTONIC itself
/// stands still.)
public final class Uptime {
    /// A turn that comes this late is no matter of a busy machine.
    static final Duration LATE = Duration.ofSeconds(2);

    private final LongSupplier nanos;
    private final long startNanos;
    private long lostNanos;
    private long lookedAtNanos;

    /// @param nanos as [System#nanoTime()]
    public Uptime(LongSupplier nanos) {
        this.nanos = nanos;
        startNanos = nanos.getAsLong();
        lookedAtNanos = startNanos;
    }

    public Duration now() {
        return Duration.ofNanos(nanos.getAsLong() - startNanos - lostNanos);
    }

    /// Once on each turn, after the wait.
    ///
    /// @param planned how long the wait was to be
    /// @return how late this turn comes, and it is forgotten; zero if it is not late
    public Duration look(Duration planned) {
        var atNanos = nanos.getAsLong();
        var late = Duration.ofNanos(atNanos - lookedAtNanos).minus(planned);
        lookedAtNanos = atNanos;
        if (late.compareTo(LATE) < 0) {
            return Duration.ZERO;
        }
        lostNanos += late.toNanos();
        return late;
    }
}
