package junicorn.master;

import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import junicorn.os.Exit;
import junicorn.os.Signal;
import junicorn.scoreboard.Slot;

/// Looks at a worker that was just reaped, while all that it left is still there. It reads and
/// decides nothing.
final class Coroner {
    private final OomKills oomKills;
    private final Map<Long, List<String>> jvmOptions = new HashMap<>();
    private final Set<Long> killedByUs = new HashSet<>();

    Coroner() {
        this(OomKills.of(Path.of("/")));
    }

    Coroner(OomKills oomKills) {
        this.oomKills = oomKills;
    }

    /// @param options of its JVM, which may say where a crash is written
    void born(long pid, List<String> options) {
        jvmOptions.put(pid, options);
    }

    void killed(long pid) {
        killedByUs.add(pid);
    }

    /// To be called on each patrol.
    void look() {
        oomKills.look(now());
    }

    Autopsy examine(long pid, Exit exit, Slot row) {
        var options = Optional.ofNullable(jvmOptions.remove(pid)).orElse(List.of());
        var byUs = killedByUs.remove(pid);
        var found = Autopsy.of(row, System.currentTimeMillis());
        if (!(exit instanceof Exit.Killed(int signal, _))) {
            return found;
        }
        if (signal == Signal.KILL.number()) {
            return byUs ? found : found.with(oomKill(), Optional.empty());
        }
        return found.with(Autopsy.OomKill.UNKNOWN, CrashReport.of(pid, options));
    }

    private Autopsy.OomKill oomKill() {
        if (!oomKills.areTold()) {
            return Autopsy.OomKill.UNKNOWN;
        }
        return oomKills.claim(now()) ? Autopsy.OomKill.YES : Autopsy.OomKill.NO;
    }

    private static Duration now() {
        return Duration.ofNanos(System.nanoTime());
    }
}
