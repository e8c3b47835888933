package junicorn.os;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.Arena;
import java.util.Optional;

/// What waitid(2) tells of a child.
record ChildStatus(long pid, Exit exit) {
    /// `siginfo_t` of glibc on 64 bits, for SIGCHLD: signal, errno, code, padding; pid, user,
    /// status.
    private static final int INFO_BYTES = 128;

    private static final int CODE = 8;
    private static final int PID = 16;
    private static final int STATUS = 24;

    /// Empty if nobody of whom that is asked has ended.
    static Optional<ChildStatus> look(int type, int id, int options) {
        try (var arena = Arena.ofConfined()) {
            var info = arena.allocate(INFO_BYTES, 8);
            int result = ProcessCalls.waitid(Errno.in(arena), type, id, info, options);
            PosixException.check(result, "waitid", type, id);
            var pid = info.get(JAVA_INT, PID);
            return pid == 0
                    ? Optional.empty()
                    : Optional.of(
                            new ChildStatus(
                                    pid,
                                    Exit.of(info.get(JAVA_INT, CODE), info.get(JAVA_INT, STATUS))));
        }
    }
}
