package junicorn.os;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/// A descriptor that any thread can make readable: wakes who waits in epoll. See eventfd(2).
public final class EventFd {
    private static final int EFD_NONBLOCK = 0x800; // <bits/eventfd.h>
    private static final int EFD_CLOEXEC = 0x80000;

    private static final MethodHandle EVENTFD =
            Native.withErrno("eventfd", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT));
    private static final MethodHandle EVENTFD_WRITE =
            Native.quickWithErrno(
                    "eventfd_write", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_LONG));
    private static final MethodHandle EVENTFD_READ =
            Native.quickWithErrno(
                    "eventfd_read", FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS));

    private EventFd() {}

    /// A new one, not readable, non-blocking and closed on exec.
    public static int create() {
        try (var arena = Arena.ofConfined()) {
            int fd = eventfd(Errno.in(arena), 0, EFD_NONBLOCK | EFD_CLOEXEC);
            return (int) PosixException.check(fd, "eventfd");
        }
    }

    /// Makes it readable.
    public static void signal(int fd) {
        try (var arena = Arena.ofConfined()) {
            int result = eventfdWrite(Errno.in(arena), fd, 1);
            if (result != -Errno.EAGAIN) { // EAGAIN: 2^64 - 2 signals wait already
                PosixException.check(result, "eventfd_write", fd);
            }
        }
    }

    /// Makes it not readable, however often it was signalled.
    public static void clear(int fd) {
        try (var arena = Arena.ofConfined()) {
            int result = eventfdRead(Errno.in(arena), fd, arena.allocate(JAVA_LONG));
            if (result != -Errno.EAGAIN) { // EAGAIN: it was not
                PosixException.check(result, "eventfd_read", fd);
            }
        }
    }

    private static int eventfd(Errno errno, int value, int flags) {
        try {
            return errno.orNegated((int) EVENTFD.invokeExact(errno.segment(), value, flags));
        } catch (Throwable thrown) {
            throw Native.unexpected(thrown);
        }
    }

    private static int eventfdWrite(Errno errno, int fd, long value) {
        try {
            return errno.orNegated((int) EVENTFD_WRITE.invokeExact(errno.segment(), fd, value));
        } catch (Throwable thrown) {
            throw Native.unexpected(thrown);
        }
    }

    private static int eventfdRead(Errno errno, int fd, MemorySegment value) {
        try {
            return errno.orNegated((int) EVENTFD_READ.invokeExact(errno.segment(), fd, value));
        } catch (Throwable thrown) {
            throw Native.unexpected(thrown);
        }
    }
}
