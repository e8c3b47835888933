package junicorn.master.settings;

import java.time.Duration;

/// How workers are replaced that still serve, and why.
///
/// @param reloadBatch as many are replaced at a time by a reload
/// @param standby workers beyond those wanted that are ready and parked
/// @param maxLifetime a worker is replaced when it has served so long, or up to a tenth less; zero
/// =
///     never
/// @param maxMemoryBytes a worker is replaced when it takes more (PSS); 0 = never
public record Renewal(int reloadBatch, int standby, Duration maxLifetime, long maxMemoryBytes) {
    public static final int STANDBY_MAX = 64;

    /// One at a time, and only if something is wrong with it.
    public static final Renewal USUAL = new Renewal(1, 0, Duration.ZERO, 0);

    public Renewal {
        if (reloadBatch < 1) {
            throw new IllegalArgumentException(
                    "reloadBatch must be at least 1, was " + reloadBatch);
        }
        if (standby < 0 || standby > STANDBY_MAX) {
            throw new IllegalArgumentException(
                    "standby must be between 0 and " + STANDBY_MAX + ", was " + standby);
        }
        if (maxLifetime.isNegative() || maxMemoryBytes < 0) {
            throw new IllegalArgumentException(
                    "a limit must not be negative: " + maxLifetime + ", " + maxMemoryBytes);
        }
    }
}
