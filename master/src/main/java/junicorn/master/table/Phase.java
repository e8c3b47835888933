package junicorn.master.table;

import java.time.Duration;

/// Where the whole server is between its start and its end.
public sealed interface Phase {
    record Serving() implements Phase {}

    /// TERM came: no new clients; workers serve until those who wait are accepted.
    ///
    /// @param quietSince when a client waited last
    /// @param until workers are asked to stop by then at the latest
    /// @param killAt the end of the grace
    record Settling(Duration quietSince, Duration until, Duration killAt) implements Phase {}

    /// Workers were asked to stop.
    record Leaving(boolean quick) implements Phase {}
}
