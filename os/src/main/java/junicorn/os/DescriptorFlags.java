package junicorn.os;

import java.lang.foreign.Arena;

/// The commands and flags of fcntl(2), from `<bits/fcntl-linux.h>` and `<linux/fcntl.h>`, and
/// setting them.
final class DescriptorFlags {
    static final int F_DUPFD_CLOEXEC = 1030;
    static final int F_ADD_SEALS = 1033;

    private static final int F_GETFD = 1;
    private static final int F_SETFD = 2;
    private static final int F_GETFL = 3;
    private static final int F_SETFL = 4;
    private static final int FD_CLOEXEC = 1;
    private static final int O_NONBLOCK = 0x800;

    private DescriptorFlags() {}

    static void nonBlocking(int fd, boolean on) {
        set(fd, F_GETFL, F_SETFL, O_NONBLOCK, on);
    }

    static void closeOnExec(int fd, boolean on) {
        set(fd, F_GETFD, F_SETFD, FD_CLOEXEC, on);
    }

    private static void set(int fd, int getCommand, int setCommand, int bit, boolean on) {
        try (var arena = Arena.ofConfined()) {
            var errno = Errno.in(arena);
            int flags = DescriptorCalls.fcntl(errno, fd, getCommand, 0);
            PosixException.check(flags, "fcntl", fd, getCommand);
            int wanted = on ? flags | bit : flags & ~bit;
            PosixException.check(
                    DescriptorCalls.fcntl(errno, fd, setCommand, wanted), "fcntl", fd, setCommand);
        }
    }
}
