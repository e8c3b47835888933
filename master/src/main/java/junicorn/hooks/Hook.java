package junicorn.hooks;

import java.time.Duration;
import java.util.Optional;

/// One thing to do at some moments.
sealed interface Hook permits ShellHook, JavaHook {
    boolean hears(Moment moment);

    /// Does it, and returns when it is done or its time is up.
    ///
    /// @return why it failed, if it did
    Optional<String> run(Moment moment, Duration atMost) throws InterruptedException;
}
