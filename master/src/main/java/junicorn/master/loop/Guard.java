package junicorn.master.loop;

import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/// Runs the parts of a turn of the master's loop, each with a catch of its own: one that fails is
/// said, and takes no other along.
public final class Guard {
    private static final System.Logger LOG = System.getLogger(Guard.class.getName());

    /// A part that fails on every turn is said as often as this.
    private static final Duration SAID = Duration.ofMinutes(1);

    private final LongSupplier nanos;
    private final Map<String, Long> saidAt = new HashMap<>();

    /// @param nanos as [System#nanoTime()]
    public Guard(LongSupplier nanos) {
        this.nanos = nanos;
    }

    /// Errors are caught, too: that no thread can be started, or a class not be loaded, is no
    /// reason to leave the workers alone.
    ///
    /// @param what is tried, for the log; there are only so many
    /// @return why it failed, if it did
    public Optional<String> run(String what, Runnable part) {
        try {
            part.run();
            return Optional.empty();
        } catch (RuntimeException | Error failed) {
            say(what, failed);
            return Optional.of(failed.toString());
        }
    }

    /// What it gives, or something else where it fails.
    public <T> T get(String what, T otherwise, Supplier<T> part) {
        var given = new ArrayList<T>();
        run(what, () -> given.add(part.get()));
        return given.isEmpty() ? otherwise : given.getFirst();
    }

    private void say(String what, Throwable failed) {
        var now = nanos.getAsLong();
        var before = saidAt.get(what);
        if (before == null || now - before >= SAID.toNanos()) {
            saidAt.put(what, now);
            LOG.log(Level.ERROR, "the master failed at '%s', continuing".formatted(what), failed);
        }
    }
}
