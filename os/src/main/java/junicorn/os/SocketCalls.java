package junicorn.os;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/// The C calls that set a socket up or may wait for it. All return the kernel's answer, or
/// `-errno`.
final class SocketCalls {
    private static final FunctionDescriptor TRANSFER =
            FunctionDescriptor.of(JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG, JAVA_INT);
    private static final FunctionDescriptor TO_ADDRESS =
            FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT);
    private static final FunctionDescriptor ASK_ADDRESS =
            FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS, ADDRESS);
    private static final FunctionDescriptor TWO_INTS =
            FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT);

    private static final MethodHandle SOCKET =
            Native.withErrno(
                    "socket", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT));
    private static final MethodHandle BIND = Native.withErrno("bind", TO_ADDRESS);
    private static final MethodHandle CONNECT = Native.withErrno("connect", TO_ADDRESS);
    private static final MethodHandle LISTEN = Native.withErrno("listen", TWO_INTS);
    private static final MethodHandle SHUTDOWN = Native.withErrno("shutdown", TWO_INTS);
    private static final MethodHandle GETSOCKNAME = Native.withErrno("getsockname", ASK_ADDRESS);
    private static final MethodHandle GETPEERNAME = Native.withErrno("getpeername", ASK_ADDRESS);
    private static final MethodHandle GETSOCKOPT =
            Native.withErrno(
                    "getsockopt",
                    FunctionDescriptor.of(
                            JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT, ADDRESS, ADDRESS));
    private static final MethodHandle SETSOCKOPT =
            Native.withErrno(
                    "setsockopt",
                    FunctionDescriptor.of(
                            JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT));

    private SocketCalls() {}

    static int socket(Errno errno, int family, int type, int protocol) {
        try {
            return errno.orNegated(
                    (int) SOCKET.invokeExact(errno.segment(), family, type, protocol));
        } catch (Throwable thrown) {
            throw Native.unexpected(thrown);
        }
    }

    static int bind(Errno errno, int fd, MemorySegment address, int bytes) {
        try {
            return errno.orNegated((int) BIND.invokeExact(errno.segment(), fd, address, bytes));
        } catch (Throwable thrown) {
            throw Native.unexpected(thrown);
        }
    }

    static int connect(Errno errno, int fd, MemorySegment address, int bytes) {
        try {
            return errno.orNegated((int) CONNECT.invokeExact(errno.segment(), fd, address, bytes));
        } catch (Throwable thrown) {
            throw Native.unexpected(thrown);
        }
    }

    static int listen(Errno errno, int fd, int backlog) {
        try {
            return errno.orNegated((int) LISTEN.invokeExact(errno.segment(), fd, backlog));
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

    static int getsockname(Errno errno, int fd, MemorySegment address, MemorySegment bytes) {
        try {
            return errno.orNegated(
                    (int) GETSOCKNAME.invokeExact(errno.segment(), fd, address, bytes));
        } catch (Throwable thrown) {
            throw Native.unexpected(thrown);
        }
    }

    static int getpeername(Errno errno, int fd, MemorySegment address, MemorySegment bytes) {
        try {
            return errno.orNegated(
                    (int) GETPEERNAME.invokeExact(errno.segment(), fd, address, bytes));
        } catch (Throwable thrown) {
            throw Native.unexpected(thrown);
        }
    }

    static int getsockopt(
            Errno errno, int fd, int level, int name, MemorySegment value, MemorySegment bytes) {
        try {
            return errno.orNegated(
                    (int) GETSOCKOPT.invokeExact(errno.segment(), fd, level, name, value, bytes));
        } catch (Throwable thrown) {
            throw Native.unexpected(thrown);
        }
    }

    static int setsockopt(
            Errno errno, int fd, int level, int name, MemorySegment value, int bytes) {
        try {
            return errno.orNegated(
                    (int) SETSOCKOPT.invokeExact(errno.segment(), fd, level, name, value, bytes));
        } catch (Throwable thrown) {
            throw Native.unexpected(thrown);
        }
    }

    static int poll(Errno errno, MemorySegment descriptors, long count, int timeoutMillis) {
        try {
            return errno.orNegated(
                    (int)
                            Waiting.POLL.invokeExact(
                                    errno.segment(), descriptors, count, timeoutMillis));
        } catch (Throwable thrown) {
            throw Native.unexpected(thrown);
        }
    }

    static int socketpair(Errno errno, int family, int type, int protocol, MemorySegment two) {
        try {
            return errno.orNegated(
                    (int) Pair.CALL.invokeExact(errno.segment(), family, type, protocol, two));
        } catch (Throwable thrown) {
            throw Native.unexpected(thrown);
        }
    }

    static long recv(Errno errno, int fd, MemorySegment into, long bytes, int flags) {
        try {
            return errno.orNegated(
                    (long) Waiting.RECV.invokeExact(errno.segment(), fd, into, bytes, flags));
        } catch (Throwable thrown) {
            throw Native.unexpected(thrown);
        }
    }

    static long send(Errno errno, int fd, MemorySegment from, long bytes, int flags) {
        try {
            return errno.orNegated(
                    (long) Waiting.SEND.invokeExact(errno.segment(), fd, from, bytes, flags));
        } catch (Throwable thrown) {
            throw Native.unexpected(thrown);
        }
    }

    /// The master's only.
    private static final class Pair {
        static final MethodHandle CALL =
                Native.withErrno(
                        "socketpair",
                        FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT, ADDRESS));
    }

    private static final class Waiting {
        static final MethodHandle POLL =
                Native.withErrno(
                        "poll", FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_LONG, JAVA_INT));
        static final MethodHandle RECV = Native.withErrno("recv", TRANSFER);
        static final MethodHandle SEND = Native.withErrno("send", TRANSFER);
    }
}
