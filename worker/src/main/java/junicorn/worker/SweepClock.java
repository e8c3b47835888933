package junicorn.worker;

import java.time.Duration;

/// The time by which the control thread looks for what is late.
///
/// A process that was frozen or stopped must not cut off at once whoever could do nothing
/// meanwhile, neither clients nor the application. When a sweep itself comes late, the time lost is
/// left out for as long again; then all deadlines hold as they were set.
///
/// For one thread.
final class SweepClock {
    /// A sweep that comes this late is no matter of a busy machine.
    static final Duration LATE = Duration.ofSeconds(1);

    /// Nobody gets more than this.
    static final Duration FAVOUR_MAX = Duration.ofMinutes(1);

    private final long betweenNanos;
    private long lookedAtNanos;
    private long lostNanos;
    private long favourEndNanos;

    /// @param between two sweeps, usually
    SweepClock(Duration between, long nanoTime) {
        betweenNanos = between.toNanos();
        lookedAtNanos = nanoTime;
    }

    /// Once for each sweep.
    ///
    /// @param nanoTime [System#nanoTime()]
    /// @return what the sweep is to take for it: the same, or earlier
    long look(long nanoTime) {
        var late = nanoTime - lookedAtNanos - betweenNanos;
        lookedAtNanos = nanoTime;
        if (late >= LATE.toNanos()) {
            var endNanos = nanoTime + Math.min(late, FAVOUR_MAX.toNanos());
            if (lostNanos == 0 || endNanos - favourEndNanos > 0) {
                favourEndNanos = endNanos;
            }
            lostNanos += late;
        } else if (lostNanos > 0 && nanoTime - favourEndNanos >= 0) {
            lostNanos = 0;
        }
        return nanoTime - lostNanos;
    }
}
