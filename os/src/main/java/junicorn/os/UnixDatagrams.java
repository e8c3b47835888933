package junicorn.os;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.net.UnixDomainSocketAddress;

/// Datagrams between processes of one machine, see unix(7), SOCK_DGRAM.
///
/// A name is a path, or `@` and a name in the abstract namespace, which has no file: the way that
/// NOTIFY_SOCKET is written.
public final class UnixDatagrams {
    private static final int SOCK_DGRAM = 2; // <bits/socket_type.h>, also the next one
    private static final int SOCK_CLOEXEC = 0x80000;
    private static final int MSG_DONTWAIT = 0x40; // <bits/socket.h>, also the next one
    private static final int MSG_NOSIGNAL = 0x4000;
    private static final int PATH_OFFSET = 2; // in sockaddr_un, see Addresses
    private static final int ABSTRACT_BYTES_MAX = 108; // sun_path; an abstract name needs no NUL

    private UnixDatagrams() {}

    /// A socket that gets what is sent to the name, closed on exec; [Sockets#receiveBlocking] reads
    /// it.
    public static int receiver(String name) {
        try (var arena = Arena.ofConfined()) {
            int fd = open(arena);
            var struct = address(arena, name, "bind");
            int result = SocketCalls.bind(Errno.in(arena), fd, struct, (int) struct.byteSize());
            if (result < 0) {
                Sockets.close(fd);
            }
            PosixException.check(result, "bind", name);
            return fd;
        }
    }

    /// Sends one message without waiting: 0, or `-errno` (ENOENT and ECONNREFUSED where nobody
    /// listens, EAGAIN where nobody reads). Each message has a socket of its own, as sd_notify(3)
    /// does it: no descriptor to lose.
    public static int send(String name, byte[] message) {
        try (var arena = Arena.ofConfined()) {
            int fd = open(arena);
            try {
                var errno = Errno.in(arena);
                var struct = address(arena, name, "connect");
                int result = SocketCalls.connect(errno, fd, struct, (int) struct.byteSize());
                return result < 0
                        ? result
                        : send(errno, fd, arena.allocateFrom(JAVA_BYTE, message));
            } finally {
                Sockets.close(fd);
            }
        }
    }

    private static int send(Errno errno, int fd, MemorySegment message) {
        int flags = MSG_DONTWAIT | MSG_NOSIGNAL;
        return (int) Math.min(0, SocketCalls.send(errno, fd, message, message.byteSize(), flags));
    }

    private static int open(Arena arena) {
        int type = SOCK_DGRAM | SOCK_CLOEXEC;
        int fd = SocketCalls.socket(Errno.in(arena), Addresses.AF_UNIX, type, 0);
        return (int) PosixException.check(fd, "socket", "AF_UNIX", "SOCK_DGRAM");
    }

    private static MemorySegment address(Arena arena, String name, String call) {
        if (!name.startsWith("@")) {
            return Addresses.write(arena, UnixDomainSocketAddress.of(name), call);
        }
        var bytes = CString.bytes(name);
        if (bytes.length > ABSTRACT_BYTES_MAX) {
            throw new PosixException("%s(%s)".formatted(call, name), Errno.ENAMETOOLONG);
        }
        var struct = arena.allocate(PATH_OFFSET + (long) bytes.length, 2);
        struct.set(JAVA_SHORT, 0, (short) Addresses.AF_UNIX);
        MemorySegment.copy(bytes, 0, struct, JAVA_BYTE, PATH_OFFSET, bytes.length);
        struct.set(JAVA_BYTE, PATH_OFFSET, (byte) 0); // in place of the @
        return struct;
    }
}
