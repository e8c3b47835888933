package junicorn.master.table;

import java.time.Duration;

/// What a process has had of the machine's cores since it started, by the kernel's account.
///
/// @param ran by all its threads together
/// @param waited the time in which a thread of it was ready to run and had no core; of several at a
///     time, the one that waited longest
public record Cores(Duration ran, Duration waited) {
    public static final Cores NONE = new Cores(Duration.ZERO, Duration.ZERO);

    /// The kernel does not tell.
    public static final Cores UNKNOWN = new Cores(Duration.ofSeconds(-1), Duration.ZERO);

    public boolean areKnown() {
        return !ran.isNegative();
    }
}
