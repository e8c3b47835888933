package junicorn.os;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/// The C calls of epoll(7). All return the kernel's answer, or `-errno`.
final class EpollCalls {
    private static final FunctionDescriptor WAIT =
            FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT, JAVA_INT);

    private static final MethodHandle EPOLL_CREATE1 =
            Native.withErrno("epoll_create1", FunctionDescriptor.of(JAVA_INT, JAVA_INT));
    private static final MethodHandle EPOLL_CTL =
            Native.quickWithErrno(
                    "epoll_ctl",
                    FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT, ADDRESS));
    private static final MethodHandle EPOLL_WAIT = Native.withErrno("epoll_wait", WAIT);
    private static final MethodHandle EPOLL_WAIT_NOW = Native.quickWithErrno("epoll_wait", WAIT);

    private EpollCalls() {}

    static int create(Errno errno, int flags) {
        try {
            return errno.orNegated((int) EPOLL_CREATE1.invokeExact(errno.segment(), flags));
        } catch (Throwable thrown) {
            throw Native.unexpected(thrown);
        }
    }

    static int control(Errno errno, int epoll, int operation, int fd, MemorySegment event) {
        try {
            return errno.orNegated(
                    (int) EPOLL_CTL.invokeExact(errno.segment(), epoll, operation, fd, event));
        } catch (Throwable thrown) {
            throw Native.unexpected(thrown);
        }
    }

    static int await(
            Errno errno, int epoll, MemorySegment events, int eventsMax, int timeoutMillis) {
        try {
            return errno.orNegated(
                    (int)
                            EPOLL_WAIT.invokeExact(
                                    errno.segment(), epoll, events, eventsMax, timeoutMillis));
        } catch (Throwable thrown) {
            throw Native.unexpected(thrown);
        }
    }

    /// With a timeout of 0, and so quick.
    static int ask(Errno errno, int epoll, MemorySegment events, int eventsMax) {
        try {
            return errno.orNegated(
                    (int) EPOLL_WAIT_NOW.invokeExact(errno.segment(), epoll, events, eventsMax, 0));
        } catch (Throwable thrown) {
            throw Native.unexpected(thrown);
        }
    }
}
