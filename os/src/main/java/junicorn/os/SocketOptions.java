package junicorn.os;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/// Options of sockets, see socket(7), ip(7), tcp(7) and ipv6(7): their numbers, and getting and
/// setting them.
final class SocketOptions {
    static final int SOL_SOCKET = 1; // <asm-generic/socket.h>, also those named SO_
    static final int SO_REUSEADDR = 2;
    static final int SO_ERROR = 4;
    static final int SO_REUSEPORT = 15;
    static final int SO_ATTACH_FILTER = 26;
    static final int SO_ACCEPTCONN = 30;
    static final int SO_PROTOCOL = 38;
    static final int SO_DOMAIN = 39;
    static final int IPPROTO_IP = 0; // <netinet/in.h>, also the next two
    static final int IPPROTO_TCP = 6;
    static final int IPPROTO_IPV6 = 41;
    static final int IP_MINTTL = 21; // <bits/in.h>, also the next one
    static final int IPV6_MINHOPCOUNT = 73;
    static final int TCP_NODELAY = 1; // <netinet/tcp.h>
    static final int TCP_DEFER_ACCEPT = 9;

    /// For a hot call: a `1` that nobody writes to.
    private static final MemorySegment ONE = Arena.global().allocateFrom(JAVA_INT, 1);

    private SocketOptions() {}

    static void set(int fd, int level, int name, int value, String words) {
        try (var arena = Arena.ofConfined()) {
            set(arena, fd, level, name, arena.allocateFrom(JAVA_INT, value), words + "=" + value);
        }
    }

    static void set(Arena arena, int fd, int level, int name, MemorySegment value, String words) {
        int result =
                SocketCalls.setsockopt(
                        Errno.in(arena), fd, level, name, value, (int) value.byteSize());
        PosixException.check(result, "setsockopt", fd, words);
    }

    static int get(int fd, int level, int name, String words) {
        try (var arena = Arena.ofConfined()) {
            var value = arena.allocate(JAVA_INT);
            var bytes = arena.allocateFrom(JAVA_INT, (int) value.byteSize());
            int result = SocketCalls.getsockopt(Errno.in(arena), fd, level, name, value, bytes);
            PosixException.check(result, "getsockopt", fd, words);
            return value.get(JAVA_INT, 0);
        }
    }

    /// Switches an option on, quickly; false where the socket does not know it.
    static boolean turnOn(int fd, int level, int name) {
        return StreamCalls.setsockopt(fd, level, name, ONE, Integer.BYTES) == 0;
    }
}
