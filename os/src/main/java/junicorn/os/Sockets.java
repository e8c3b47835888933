package junicorn.os;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.Optional;

/// Stream sockets by their descriptors: TCP over IPv4 and IPv6, and Unix-domain. See socket(7),
/// tcp(7), unix(7). What serves connections is hot, takes an [Errno], and returns `-errno`; all
/// else throws.
public final class Sockets {
    /// A quick call moves no more than this, see [Native].
    static final int QUICK_BYTES_MAX = 64 * 1024;

    private static final int SOCK_STREAM = 1; // <bits/socket_type.h>, also the next three
    private static final int SOCK_SEQPACKET = 5;
    private static final int SOCK_NONBLOCK = 0x800;
    private static final int SOCK_CLOEXEC = 0x80000;
    private static final int MSG_TRUNC = 0x20; // <bits/socket.h>, also the next three
    private static final int MSG_DONTWAIT = 0x40;
    private static final int MSG_NOSIGNAL = 0x4000;
    private static final int MSG_MORE = 0x8000;
    private static final int SHUT_WR = 1; // <sys/socket.h>

    private Sockets() {}

    /// A new TCP or Unix stream socket of the family of that address; closed on exec.
    public static int open(SocketAddress family) {
        try (var arena = Arena.ofConfined()) {
            int type = SOCK_STREAM | SOCK_CLOEXEC;
            int fd = SocketCalls.socket(Errno.in(arena), Addresses.family(family), type, 0);
            return (int) PosixException.check(fd, "socket", Addresses.words(family));
        }
    }

    /// See bind(2). A Unix address makes the file; its path has at most 107 bytes, else
    /// ENAMETOOLONG.
    public static void bind(int fd, SocketAddress address) {
        try (var arena = Arena.ofConfined()) {
            var struct = Addresses.write(arena, address, "bind");
            int result = SocketCalls.bind(Errno.in(arena), fd, struct, (int) struct.byteSize());
            PosixException.check(result, "bind", Addresses.words(address));
        }
    }

    /// See listen(2). The kernel caps `backlog` at net.core.somaxconn without a word.
    public static void listen(int fd, int backlog) {
        try (var arena = Arena.ofConfined()) {
            PosixException.check(
                    SocketCalls.listen(Errno.in(arena), fd, backlog), "listen", fd, backlog);
        }
    }

    /// 0 or `-errno`, see connect(2). Waits, unless the socket is non-blocking: then -EINPROGRESS.
    public static int connect(int fd, SocketAddress address) {
        try (var arena = Arena.ofConfined()) {
            var struct = Addresses.write(arena, address, "connect");
            return SocketCalls.connect(Errno.in(arena), fd, struct, (int) struct.byteSize());
        }
    }

    /// Empty for a Unix socket that has no path, see getsockname(2).
    public static Optional<SocketAddress> localAddress(int fd) {
        try (var arena = Arena.ofConfined()) {
            var struct = arena.allocate(Addresses.BYTES_MAX, 8);
            var bytes = arena.allocateFrom(JAVA_INT, Addresses.BYTES_MAX);
            int result = SocketCalls.getsockname(Errno.in(arena), fd, struct, bytes);
            PosixException.check(result, "getsockname", fd);
            return Addresses.read(struct, bytes.get(JAVA_INT, 0));
        }
    }

    /// Empty for a Unix socket that has no path, and when the peer is gone, see getpeername(2).
    public static Optional<SocketAddress> peerAddress(int fd) {
        try (var arena = Arena.ofConfined()) {
            var struct = arena.allocate(Addresses.BYTES_MAX, 8);
            var bytes = arena.allocateFrom(JAVA_INT, Addresses.BYTES_MAX);
            int result = SocketCalls.getpeername(Errno.in(arena), fd, struct, bytes);
            if (result == -Errno.ENOTCONN) {
                return Optional.empty();
            }
            PosixException.check(result, "getpeername", fd);
            return Addresses.read(struct, bytes.get(JAVA_INT, 0));
        }
    }

    /// Lets a restarted server bind while old connections of its port linger, see socket(7).
    public static void reuseAddress(int fd) {
        SocketOptions.set(
                fd, SocketOptions.SOL_SOCKET, SocketOptions.SO_REUSEADDR, 1, "SO_REUSEADDR");
    }

    /// Several sockets of one user may listen on the same port, if each says so before bind; each
    /// gets its share of the connections, see socket(7).
    public static void reusePort(int fd) {
        SocketOptions.set(
                fd, SocketOptions.SOL_SOCKET, SocketOptions.SO_REUSEPORT, 1, "SO_REUSEPORT");
    }

    /// Connections are accepted when their first bytes are there, or after about `atMost` (whole
    /// seconds, rounded up; 0 switches it off), see tcp(7), TCP_DEFER_ACCEPT. Unix sockets:
    /// EOPNOTSUPP.
    public static void deferAccept(int fd, Duration atMost) {
        int seconds = Math.toIntExact(atMost.plusNanos(999_999_999).toSeconds());
        SocketOptions.set(
                fd,
                SocketOptions.IPPROTO_TCP,
                SocketOptions.TCP_DEFER_ACCEPT,
                seconds,
                "TCP_DEFER_ACCEPT");
    }

    /// Sends small segments at once, see tcp(7). False for a Unix socket, which does so anyway.
    /// Hot.
    public static boolean noDelay(int fd) {
        return SocketOptions.turnOn(fd, SocketOptions.IPPROTO_TCP, SocketOptions.TCP_NODELAY);
    }

    /// Of the open file description, and so for all processes that share it, see fcntl(2).
    public static void nonBlocking(int fd, boolean on) {
        DescriptorFlags.nonBlocking(fd, on);
    }

    /// Of this descriptor only, see fcntl(2).
    public static void closeOnExec(int fd, boolean on) {
        DescriptorFlags.closeOnExec(fd, on);
    }

    /// Whether it accepts connections; fails with ENOTSOCK where it is no socket at all.
    public static boolean isListening(int fd) {
        return SocketOptions.get(
                        fd, SocketOptions.SOL_SOCKET, SocketOptions.SO_ACCEPTCONN, "SO_ACCEPTCONN")
                != 0;
    }

    /// Whether it speaks TCP, and so knows [#deferAccept] and [#noDelay].
    public static boolean isTcp(int fd) {
        return SocketOptions.get(
                        fd, SocketOptions.SOL_SOCKET, SocketOptions.SO_PROTOCOL, "SO_PROTOCOL")
                == SocketOptions.IPPROTO_TCP;
    }

    /// The error number that waits on the socket, 0 for none, and clears it, see socket(7),
    /// SO_ERROR.
    public static int pendingError(int fd) {
        return SocketOptions.get(fd, SocketOptions.SOL_SOCKET, SocketOptions.SO_ERROR, "SO_ERROR");
    }

    /// Waits for one of `events` ([Epoll#IN], [Epoll#OUT]), or for the end of the connection; false
    /// when none came in time. Zero asks without waiting. See poll(2); EBADF if `fd` is not open.
    public static boolean await(int fd, int events, Duration atMost) {
        return Readiness.await(fd, events, atMost);
    }

    /// A connection, non-blocking and closed on exec, or `-errno`: EAGAIN when there is none, see
    /// accept(2) for the others. The listener must be non-blocking. Hot.
    public static int accept(Errno errno, int listener) {
        return StreamCalls.accept4(errno, listener, SOCK_NONBLOCK | SOCK_CLOEXEC);
    }

    /// Receives what is there, at most `length` bytes and at most 64 KiB: how many, 0 at the end of
    /// the stream, or `-errno` (EAGAIN when nothing is there), see recv(2). `into` is native
    /// memory. Hot.
    public static int recv(Errno errno, int fd, MemorySegment into, long length) {
        requireWithin(into, length);
        return (int)
                StreamCalls.recv(errno, fd, into, Math.min(length, QUICK_BYTES_MAX), MSG_DONTWAIT);
    }

    /// Sends what the kernel takes, at most `length` bytes and at most 64 KiB: how many, or
    /// `-errno` (EAGAIN when it takes nothing now, EPIPE without a signal), see send(2). `from` is
    /// native memory. Hot.
    public static int send(Errno errno, int fd, MemorySegment from, long length) {
        return send(errno, fd, from, length, MSG_DONTWAIT | MSG_NOSIGNAL);
    }

    /// The same where the end follows at once, so that both leave in one segment: what does not
    /// fill one waits for [#close] or [#shutdownWrite], at most 200 ms (MSG_MORE). Hot.
    public static int sendLast(Errno errno, int fd, MemorySegment from, long length) {
        return send(errno, fd, from, length, MSG_DONTWAIT | MSG_NOSIGNAL | MSG_MORE);
    }

    private static int send(Errno errno, int fd, MemorySegment from, long length, int flags) {
        requireWithin(from, length);
        return (int) StreamCalls.send(errno, fd, from, Math.min(length, QUICK_BYTES_MAX), flags);
    }

    /// Sends what has been gathered, as [#send(Errno, int, MemorySegment, long)] does. Hot.
    public static int send(Errno errno, int fd, Gather gather) {
        return (int) StreamCalls.sendmsg(errno, fd, gather.header(), MSG_DONTWAIT | MSG_NOSIGNAL);
    }

    private static void requireWithin(MemorySegment segment, long length) {
        if (length < 0 || length > segment.byteSize()) {
            throw new IndexOutOfBoundsException(
                    "%d bytes of a segment of %d".formatted(length, segment.byteSize()));
        }
    }

    /// No more will be sent, see shutdown(2). 0, or -ENOTCONN when the peer is gone. Hot.
    public static int shutdownWrite(Errno errno, int fd) {
        return StreamCalls.shutdown(errno, fd, SHUT_WR);
    }

    /// The same where it is rare; false when the peer is gone.
    public static boolean shutdownWrite(int fd) {
        try (var arena = Arena.ofConfined()) {
            int result = SocketCalls.shutdown(Errno.in(arena), fd, SHUT_WR);
            if (result == -Errno.ENOTCONN) {
                return false;
            }
            PosixException.check(result, "shutdown", fd, "SHUT_WR");
            return true;
        }
    }

    /// Closes a socket, see close(2): 0, or -EBADF, which is a bug of the caller. Hot.
    public static int close(Errno errno, int fd) {
        return closed(StreamCalls.close(errno, fd));
    }

    /// Closes any descriptor. EBADF is thrown: whoever closes twice may close another's.
    public static void close(int fd) {
        try (var arena = Arena.ofConfined()) {
            PosixException.check(closed(DescriptorCalls.close(Errno.in(arena), fd)), "close", fd);
        }
    }

    /// When close(2) was interrupted, the descriptor is gone all the same.
    private static int closed(int result) {
        return result == -Errno.EINTR ? 0 : result;
    }

    /// Two connected sockets, blocking and closed on exec, that keep the boundaries of messages and
    /// tell when the other is gone: socketpair(2) of Unix-domain SOCK_SEQPACKET.
    public static int[] pair() {
        return pair(SOCK_SEQPACKET);
    }

    /// The same for a stream of bytes (SOCK_STREAM), as a connection is one.
    public static int[] streamPair() {
        return pair(SOCK_STREAM);
    }

    private static int[] pair(int type) {
        try (var arena = Arena.ofConfined()) {
            var two = arena.allocate(JAVA_INT, 2);
            int result =
                    SocketCalls.socketpair(
                            Errno.in(arena), Addresses.AF_UNIX, type | SOCK_CLOEXEC, 0, two);
            PosixException.check(result, "socketpair");
            return two.toArray(JAVA_INT);
        }
    }

    /// Waits for one message on a socket of [#pair]: its bytes, or 0 when the other end is gone. A
    /// message that is longer than `into` is lost and fails with EMSGSIZE.
    public static int receiveBlocking(int fd, MemorySegment into) {
        try (var arena = Arena.ofConfined()) {
            var errno = Errno.in(arena);
            long result;
            do {
                result = SocketCalls.recv(errno, fd, into, into.byteSize(), MSG_TRUNC);
                // ECONNRESET: the peer closed without having read all of ours. We are told so
                // once, and before the messages that it left for us.
            } while (result == -Errno.EINTR || result == -Errno.ECONNRESET);
            boolean whole = result <= into.byteSize();
            return (int) PosixException.check(whole ? result : -Errno.EMSGSIZE, "recv", fd);
        }
    }

    /// Sends `from` as one message on a socket of [#pair], and waits until it is taken. EPIPE or
    /// ECONNRESET when the other end is gone, EMSGSIZE beyond net.core.wmem_default (200 KiB).
    public static void sendBlocking(int fd, MemorySegment from) {
        PosixException.check(sendMessage(fd, from, 0), "send", fd, from.byteSize() + " bytes");
    }

    /// The same without waiting: false if the other end has not read enough to leave room for it.
    public static boolean sendAtOnce(int fd, MemorySegment from) {
        long result = sendMessage(fd, from, MSG_DONTWAIT);
        boolean taken = result != -Errno.EAGAIN;
        PosixException.check(taken ? result : 0, "send", fd, from.byteSize() + " bytes");
        return taken;
    }

    private static long sendMessage(int fd, MemorySegment from, int flags) {
        try (var arena = Arena.ofConfined()) {
            var errno = Errno.in(arena);
            long result;
            do {
                result = SocketCalls.send(errno, fd, from, from.byteSize(), flags | MSG_NOSIGNAL);
            } while (result == -Errno.EINTR);
            return result;
        }
    }
}
