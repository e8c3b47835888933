package junicorn.os;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.Arena;

/// The connections of a listening TCP socket that nobody has accepted yet, see tcp(7), TCP_INFO.
public final class AcceptQueue {
    private static final int TCP_INFO = 11; // <netinet/tcp.h>

    /// `tcpi_unacked` of `struct tcp_info`, behind eight bytes and four numbers. Of a socket that
    /// listens, the kernel tells the length of its queue there.
    private static final int UNACKED = 24;

    private static final int BYTES = UNACKED + Integer.BYTES;

    private AcceptQueue() {}

    /// How many there are now. 0 for a socket that does not listen.
    public static int length(int fd) {
        try (var arena = Arena.ofConfined()) {
            var info = arena.allocate(BYTES, 8);
            var bytes = arena.allocateFrom(JAVA_INT, BYTES);
            int level = SocketOptions.IPPROTO_TCP;
            int result = SocketCalls.getsockopt(Errno.in(arena), fd, level, TCP_INFO, info, bytes);
            PosixException.check(result, "getsockopt", fd, "TCP_INFO");
            return Math.max(0, info.get(JAVA_INT, UNACKED));
        }
    }
}
