package junicorn.os;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;

/// Signals and reaps one process at a time, and sets what the kernel knows about this one.
///
/// Who signals must also reap, on one thread: only an unreaped pid is sure not to be a stranger's.
public final class Processes {
    private static final int WNOHANG = 1; // <bits/waitflags.h>, also the next two
    private static final int WEXITED = 4;
    private static final int WNOWAIT = 0x0100_0000;
    private static final int P_PID = 1; // <bits/types/idtype_t.h>
    private static final int PR_SET_PDEATHSIG = 1; // <linux/prctl.h>
    private static final int PR_GET_CHILD_SUBREAPER = 37;
    private static final int COMM_BYTES_MAX = 15; // TASK_COMM_LEN of <linux/sched.h>, less the NUL

    private Processes() {}

    /// Signals one process, see kill(2). False if it no longer exists: it exited first, and was
    /// reaped.
    public static boolean kill(long pid, Signal signal) {
        requireOne(pid);
        try (var arena = Arena.ofConfined()) {
            int result = ProcessCalls.kill(Errno.in(arena), Math.toIntExact(pid), signal.number());
            if (result == -Errno.ESRCH) {
                return false;
            }
            PosixException.check(result, "kill", pid, signal);
            return true;
        }
    }

    /// Signals a process that leads a group, and all that belong to it. False if there is none.
    public static boolean killGroup(long leader, Signal signal) {
        if (leader <= 1) { // -1 means every process that we may signal
            throw new IllegalArgumentException("no leader of a group: pid " + leader);
        }
        try (var arena = Arena.ofConfined()) {
            int group = -Math.toIntExact(leader);
            int result = ProcessCalls.kill(Errno.in(arena), group, signal.number());
            if (result == -Errno.ESRCH) {
                return false;
            }
            PosixException.check(result, "kill", group, signal);
            return true;
        }
    }

    /// How a process we started ended, see waitpid(2) with WNOHANG; empty while it runs. After that
    /// it is gone: asking again fails with ECHILD, and its pid may belong to a stranger.
    public static Optional<Exit> reap(long pid) {
        requireOne(pid);
        try (var arena = Arena.ofConfined()) {
            var status = arena.allocate(JAVA_INT);
            int result =
                    ProcessCalls.waitpid(Errno.in(arena), Math.toIntExact(pid), status, WNOHANG);
            PosixException.check(result, "waitpid", pid, "WNOHANG");
            if (result == 0) {
                return Optional.empty();
            }
            Orphans.reaped(pid);
            return Optional.of(Exit.decode(status.get(JAVA_INT, 0)));
        }
    }

    /// How a process we started ended, which is still to be reaped: until then its pid, and the
    /// number of its group, cannot become a stranger's. Empty while it runs.
    public static Optional<Exit> ended(long pid) {
        requireOne(pid);
        return ChildStatus.look(P_PID, Math.toIntExact(pid), WEXITED | WNOHANG | WNOWAIT)
                .map(ChildStatus::exit);
    }

    /// Whether this process leads a process group, see getpgrp(2).
    public static boolean leadsGroup() {
        return ProcessCalls.getpgrp() == ProcessHandle.current().pid();
    }

    /// Whether processes that lose their parent fall to this one: to process 1, and to one that
    /// asked
    /// for it or whose command line was run by one that did, see prctl(2), PR_SET_CHILD_SUBREAPER.
    static boolean adoptsOrphans() {
        try (var arena = Arena.ofConfined()) {
            var asked = arena.allocate(JAVA_INT);
            int result =
                    ProcessCalls.prctl(Errno.in(arena), PR_GET_CHILD_SUBREAPER, asked.address());
            PosixException.check(result, "prctl", "PR_GET_CHILD_SUBREAPER");
            return ProcessHandle.current().pid() == 1 || asked.get(JAVA_INT, 0) != 0;
        }
    }

    /// Sends this process a signal when its parent dies, see prctl(2), PR_SET_PDEATHSIG.
    ///
    /// The kernel keeps this by *thread*, on both sides: it holds while the calling thread lives,
    /// and fires when the thread that spawned us ends. A parent that is dead already is not
    /// noticed: watch the control channel too.
    public static void dieWithParent(Signal signal) {
        try (var arena = Arena.ofConfined()) {
            int result = ProcessCalls.prctl(Errno.in(arena), PR_SET_PDEATHSIG, signal.number());
            PosixException.check(result, "prctl", "PR_SET_PDEATHSIG", signal);
        }
    }

    /// Names this process for ps(1) and top(1); at most 15 bytes are kept. False where /proc says
    /// no.
    ///
    /// Not by prctl(PR_SET_NAME): that names the calling thread, but tools show the first thread's
    /// name, and the launcher of a JVM runs `main` on another one. See proc_pid_comm(5).
    public static boolean name(String comm) {
        var bytes = CString.bytes(comm);
        try {
            Files.write(
                    Path.of("/proc/self/comm"),
                    Arrays.copyOf(bytes, Math.min(bytes.length, COMM_BYTES_MAX)));
            return true;
        } catch (IOException _) {
            return false;
        }
    }

    /// Which rights files made by this process and its children do *not* get, see umask(2).
    ///
    /// @return the former
    public static int umask(int mode) {
        return ProcessCalls.umask(mode);
    }

    private static void requireOne(long pid) {
        if (pid <= 0) { // these mean groups of processes; -1 means every one we may signal
            throw new IllegalArgumentException("not one process: pid " + pid);
        }
    }
}
