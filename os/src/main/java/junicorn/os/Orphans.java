package junicorn.os;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Children of this process that it did not start: processes that lost their parent fall to process
/// 1, or to who asked for them, which has to reap them, or the table of processes fills up. In a
/// container process 1 is us.
///
/// Never by waitpid(-1): whoever started a process waits for it, and must find it.
public final class Orphans {
    /// Those that were started here and are not reaped yet.
    private static final Set<Long> OURS = new HashSet<>(); // guarded by itself

    private Orphans() {}

    interface Start {
        long pid();
    }

    /// Starts a process, which is ours before anybody can take it for an orphan.
    static long started(Start start) {
        synchronized (OURS) {
            long pid = start.pid();
            OURS.add(pid);
            return pid;
        }
    }

    /// It is reaped by who started it.
    static void reaped(long pid) {
        synchronized (OURS) {
            OURS.remove(pid);
        }
    }

    /// Reaps those that have ended, if any fall to this process: asked at the first call.
    public static void lookAfter() {
        if (Fate.OURS) {
            reap();
        }
    }

    private static final class Fate {
        static final boolean OURS = Processes.adoptsOrphans();
    }

    /// Reaps those that have ended. Cheap where there are none; for who has no others than [Spawn]
    /// start processes.
    ///
    /// @return their pids
    static List<Long> reap() {
        synchronized (OURS) {
            return ProcessHandle.current()
                    .children()
                    .map(ProcessHandle::pid)
                    .filter(pid -> !OURS.contains(pid) && isZombie(pid))
                    .filter(pid -> Processes.reap(pid).isPresent())
                    .toList();
        }
    }

    /// The state is the third field; the second is a name in parentheses, see proc_pid_stat(5).
    private static boolean isZombie(long pid) {
        try {
            var file = Path.of("/proc", Long.toString(pid), "stat");
            var stat = Files.readString(file, StandardCharsets.ISO_8859_1);
            return stat.startsWith(") Z", stat.lastIndexOf(')'));
        } catch (IOException _) { // gone
            return false;
        }
    }
}
