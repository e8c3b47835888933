package junicorn.os;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/// The C calls of a connection's life. None of them waits, all are quick in the sense of [Native];
/// they return the kernel's answer, or `-errno`.
final class StreamCalls {
    private static final MethodHandle ACCEPT4 =
            Native.quickWithErrno(
                    "accept4",
                    FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS, ADDRESS, JAVA_INT));
    private static final MethodHandle RECV =
            Native.quickWithErrno(
                    "recv",
                    FunctionDescriptor.of(JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG, JAVA_INT));
    private static final MethodHandle SEND =
            Native.quickWithErrno(
                    "send",
                    FunctionDescriptor.of(JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG, JAVA_INT));
    private static final MethodHandle SENDMSG =
            Native.quickWithErrno(
                    "sendmsg", FunctionDescriptor.of(JAVA_LONG, JAVA_INT, ADDRESS, JAVA_INT));
    private static final MethodHandle CLOSE =
            Native.quickWithErrno("close", FunctionDescriptor.of(JAVA_INT, JAVA_INT));
    private static final MethodHandle SHUTDOWN =
            Native.quickWithErrno("shutdown", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT));
    private static final MethodHandle SETSOCKOPT =
            Native.quick(
                    "setsockopt",
                    FunctionDescriptor.of(
                            JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT));

    private StreamCalls() {}

    /// Of a listener that is O_NONBLOCK.
    static int accept4(Errno errno, int listener, int flags) {
        try {
            return errno.orNegated(
                    (int)
                            ACCEPT4.invokeExact(
                                    errno.segment(),
                                    listener,
                                    MemorySegment.NULL,
                                    MemorySegment.NULL,
                                    flags));
        } catch (Throwable thrown) {
            throw Native.unexpected(thrown);
        }
    }

    /// With MSG_DONTWAIT.
    static long recv(Errno errno, int fd, MemorySegment into, long bytes, int flags) {
        try {
            return errno.orNegated(
                    (long) RECV.invokeExact(errno.segment(), fd, into, bytes, flags));
        } catch (Throwable thrown) {
            throw Native.unexpected(thrown);
        }
    }

    /// With MSG_DONTWAIT.
    static long send(Errno errno, int fd, MemorySegment from, long bytes, int flags) {
        try {
            return errno.orNegated(
                    (long) SEND.invokeExact(errno.segment(), fd, from, bytes, flags));
        } catch (Throwable thrown) {
            throw Native.unexpected(thrown);
        }
    }

    /// With MSG_DONTWAIT.
    static long sendmsg(Errno errno, int fd, MemorySegment header, int flags) {
        try {
            return errno.orNegated((long) SENDMSG.invokeExact(errno.segment(), fd, header, flags));
        } catch (Throwable thrown) {
            throw Native.unexpected(thrown);
        }
    }

    /// Of a socket without SO_LINGER.
    static int close(Errno errno, int fd) {
        try {
            return errno.orNegated((int) CLOSE.invokeExact(errno.segment(), fd));
        } catch (Throwable thrown) {
            throw Native.unexpected(thrown);
        }
    }

    static int shutdown(Errno errno, int fd, int how) {
        try {
            return errno.orNegated((int) SHUTDOWN.invokeExact(errno.segment(), fd, how));
        } catch (Throwable thrown) {
            throw Native.unexpected(thrown);
        }
    }

    /// 0, or -1 for whatever reason.
    static int setsockopt(int fd, int level, int name, MemorySegment value, int bytes) {
        try {
            return (int) SETSOCKOPT.invokeExact(fd, level, name, value, bytes);
        } catch (Throwable thrown) {
            throw Native.unexpected(thrown);
        }
    }
}
