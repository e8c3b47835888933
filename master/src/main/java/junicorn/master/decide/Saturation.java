package junicorn.master.decide;

import java.time.Duration;
import java.util.Optional;

/// Counts how often, and how long, the load called for more workers than there may be.
final class Saturation {
    private boolean saturated;
    private long times;
    private Duration time = Duration.ZERO;
    private Optional<Duration> toldAt = Optional.empty();

    /// @param since the last time
    /// @return what was passed
    boolean notes(boolean isSaturated, Duration since) {
        if (isSaturated) {
            times += saturated ? 0 : 1;
            time = time.plus(since);
        }
        saturated = isSaturated;
        return isSaturated;
    }

    /// Whether an operator should hear of it again.
    boolean isToBeTold(Duration now, Duration pause) {
        var due = toldAt.isEmpty() || now.minus(toldAt.get()).compareTo(pause) >= 0;
        if (due) {
            toldAt = Optional.of(now);
        }
        return due;
    }

    long times() {
        return times;
    }

    Duration time() {
        return time;
    }
}
