package junicorn.master.table;

import java.time.Duration;
import junicorn.master.settings.Words;

/// What the patrol saw of a worker: on the scoreboard, and by the kernel's account.
///
/// @param beats a counter: the master sees whether it moves, on its own clock
/// @param busy requests that run now
/// @param requestAge since the last of them began; only for the log, for it is wall-clock time
/// @param halt whether the kernel lets it run, as far as was looked
/// @param deaf what it was told waits for it to read
/// @param cores what it has had of them; only told of one that starts
public record Pulse(
        long beats, int busy, Duration requestAge, Halt halt, boolean deaf, Cores cores) {
    /// Of a worker that has shown nothing yet.
    public static final Pulse NONE = new Pulse(0, 0, Duration.ZERO);

    public Pulse(long beats, int busy, Duration requestAge) {
        this(beats, busy, requestAge, Halt.NONE, false, Cores.UNKNOWN);
    }

    /// For the log line about a worker that is stuck. Of several requests the last one is not the
    /// one to blame.
    public String words() {
        return "busy=" + busy + (busy == 1 ? " request=" + Words.of(requestAge) : "");
    }
}
