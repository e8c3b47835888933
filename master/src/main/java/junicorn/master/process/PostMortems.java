package junicorn.master.process;

import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import junicorn.master.settings.WorkerCommand;
import junicorn.master.table.CrashReport;
import junicorn.master.table.PostMortem;
import junicorn.os.Exit;
import junicorn.os.Signal;
import junicorn.scoreboard.Slot;

/// Looks at a worker that was just reaped, while all that it left is still there. It reads and
/// decides nothing.
final class PostMortems {
    private final OomKills oomKills;
    private final Map<Long, WorkerCommand> commands = new HashMap<>();
    private final Set<Long> killedByUs = new HashSet<>();

    PostMortems() {
        this(OomKills.of(Path.of("/")));
    }

    PostMortems(OomKills oomKills) {
        this.oomKills = oomKills;
    }

    /// @param command says where its JVM writes what it knows of a crash
    void born(long pid, WorkerCommand command) {
        commands.put(pid, command);
    }

    void killed(long pid) {
        killedByUs.add(pid);
    }

    /// To be called on each patrol.
    void look() {
        oomKills.look(now());
    }

    PostMortem examine(long pid, Exit exit, Slot row) {
        var command = Optional.ofNullable(commands.remove(pid));
        var byUs = killedByUs.remove(pid);
        var found = PostMortem.of(row, System.currentTimeMillis());
        if (!(exit instanceof Exit.Killed(int signal, _))) {
            return found;
        }
        if (signal == Signal.KILL.number()) {
            return byUs ? found : found.with(oomKill(), Optional.empty());
        }
        return found.with(
                PostMortem.OomKill.UNKNOWN, command.flatMap(it -> CrashReport.of(pid, it)));
    }

    private PostMortem.OomKill oomKill() {
        if (!oomKills.areTold()) {
            return PostMortem.OomKill.UNKNOWN;
        }
        return oomKills.claim(now()) ? PostMortem.OomKill.YES : PostMortem.OomKill.NO;
    }

    private static Duration now() {
        return Duration.ofNanos(System.nanoTime());
    }
}
