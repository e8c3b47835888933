package junicorn.master.table;

import java.time.Duration;
import java.util.Optional;

/// Since when a worker shows no sign of progress: its beats, whether it reads what it is told, and
/// whether the kernel lets it run at all.
public final class Heart {
    private long beats;
    private Duration beatAt = Duration.ZERO;
    private Optional<Duration> deafSince = Optional.empty();
    private boolean stopSaid;

    /// From now on it counts.
    void begin(Duration now) {
        beatAt = now;
    }

    /// Notes whether the beats moved since the last time.
    public void beat(long newBeats, Duration now) {
        if (newBeats != beats) {
            beats = newBeats;
            beatAt = now;
        }
    }

    /// How long the beats have stood still.
    public Duration still(Duration now) {
        return now.minus(beatAt);
    }

    /// Notes whether what it was told waits for it to read.
    public void deaf(boolean isDeaf, Duration now) {
        deafSince = isDeaf ? deafSince.or(() -> Optional.of(now)) : Optional.empty();
    }

    /// How long it has not read what it was told.
    public Duration deafFor(Duration now) {
        return deafSince.map(now::minus).orElse(Duration.ZERO);
    }

    /// Whether it is to be said that the kernel has stopped it: once, until it goes on.
    public boolean isNewlyStopped(boolean stopped) {
        var newly = stopped && !stopSaid;
        stopSaid = stopped;
        return newly;
    }

    /// What it has not done so far is not held against it.
    public void pardon(Duration now) {
        beatAt = now;
        deafSince = deafSince.map(_ -> now);
    }
}
