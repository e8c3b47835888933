package junicorn.os;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_SHORT_UNALIGNED;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Optional;

/// Java's socket addresses as C's structs and back.
///
/// | struct         | bytes | family | fields, `<netinet/in.h>` and `<sys/un.h>`           |
/// |----------------|------:|-------:|-----------------------------------------------------|
/// | `sockaddr_in`  |    16 |      2 | port at 2, address at 4, in network order           |
/// | `sockaddr_in6` |    28 |     10 | port at 2, flow at 4, address at 8, scope at 24     |
/// | `sockaddr_un`  |   110 |      1 | path at 2, at most 108 bytes                        |
final class Addresses {
    static final int AF_UNIX = 1; // <bits/socket.h>
    static final int AF_INET = 2;
    static final int AF_INET6 = 10;

    /// `struct sockaddr_storage` of `<bits/socket.h>`: room for any of them.
    static final int BYTES_MAX = 128;

    private static final int PATH_OFFSET = 2;
    private static final int PATH_BYTES_MAX = 107; // sun_path, less the NUL
    private static final ValueLayout.OfShort NETWORK_SHORT =
            JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);

    private Addresses() {}

    static int family(SocketAddress address) {
        return switch (address) {
            case InetSocketAddress inet when inet.isUnresolved() ->
                    throw new IllegalArgumentException("not resolved: " + address);
            case InetSocketAddress inet ->
                    inet.getAddress() instanceof Inet6Address ? AF_INET6 : AF_INET;
            case UnixDomainSocketAddress _ -> AF_UNIX;
            default -> throw new IllegalArgumentException("neither TCP nor Unix: " + address);
        };
    }

    /// `127.0.0.1:80`, `[::1]:80`, `/run/junicorn.sock`: for messages.
    static String words(SocketAddress address) {
        if (!(address instanceof InetSocketAddress inet) || inet.isUnresolved()) {
            return address.toString();
        }
        var host = inet.getAddress().getHostAddress();
        return (inet.getAddress() instanceof Inet6Address ? "[" + host + "]" : host)
                + ":"
                + inet.getPort();
    }

    /// As long as the struct is. A path that does not fit fails as `call` with ENAMETOOLONG.
    static MemorySegment write(Arena arena, SocketAddress address, String call) {
        int family = family(address);
        if (address instanceof InetSocketAddress inet) {
            return family == AF_INET6
                    ? writeInet6(arena, inet.getPort(), (Inet6Address) inet.getAddress())
                    : writeInet(arena, inet.getPort(), inet.getAddress());
        }
        var path = CString.bytes(address.toString());
        if (path.length == 0) { // to the kernel a name in the abstract namespace, and no file
            throw new IllegalArgumentException("a Unix address without a path");
        }
        if (path.length > PATH_BYTES_MAX) {
            throw new PosixException(
                    "%s(%s: %d bytes of at most %d)"
                            .formatted(call, address, path.length, PATH_BYTES_MAX),
                    Errno.ENAMETOOLONG);
        }
        var struct = arena.allocate(PATH_OFFSET + path.length + 1L, 2);
        struct.set(ValueLayout.JAVA_SHORT, 0, (short) AF_UNIX);
        MemorySegment.copy(path, 0, struct, JAVA_BYTE, PATH_OFFSET, path.length);
        return struct;
    }

    private static MemorySegment writeInet(Arena arena, int port, InetAddress address) {
        var struct = arena.allocate(16, 4);
        struct.set(ValueLayout.JAVA_SHORT, 0, (short) AF_INET);
        struct.set(NETWORK_SHORT, 2, (short) port);
        MemorySegment.copy(address.getAddress(), 0, struct, JAVA_BYTE, 4, 4);
        return struct;
    }

    private static MemorySegment writeInet6(Arena arena, int port, Inet6Address address) {
        var struct = arena.allocate(28, 4);
        struct.set(ValueLayout.JAVA_SHORT, 0, (short) AF_INET6);
        struct.set(NETWORK_SHORT, 2, (short) port);
        MemorySegment.copy(address.getAddress(), 0, struct, JAVA_BYTE, 8, 16);
        struct.set(JAVA_INT_UNALIGNED, 24, address.getScopeId());
        return struct;
    }

    /// Empty for a Unix socket without a path and for families that are neither TCP nor Unix.
    static Optional<SocketAddress> read(MemorySegment struct, int length) {
        if (length < PATH_OFFSET) {
            return Optional.empty();
        }
        return switch (struct.get(ValueLayout.JAVA_SHORT, 0)) {
            case AF_INET -> Optional.of(inet(struct, 4, 4, 0));
            case AF_INET6 -> Optional.of(inet(struct, 8, 16, struct.get(JAVA_INT_UNALIGNED, 24)));
            case AF_UNIX -> unix(struct, length);
            default -> Optional.empty();
        };
    }

    private static SocketAddress inet(MemorySegment struct, int offset, int bytes, int scope) {
        var address = struct.asSlice(offset, bytes).toArray(JAVA_BYTE);
        int port = Short.toUnsignedInt(struct.get(NETWORK_SHORT, 2));
        try {
            return new InetSocketAddress(
                    scope == 0
                            ? InetAddress.getByAddress(address)
                            : Inet6Address.getByAddress(null, address, scope),
                    port);
        } catch (UnknownHostException impossible) { // for lengths other than 4 and 16
            throw new AssertionError(impossible);
        }
    }

    private static Optional<SocketAddress> unix(MemorySegment struct, int length) {
        var path = struct.asSlice(PATH_OFFSET, length - PATH_OFFSET).toArray(JAVA_BYTE);
        int end = 0;
        while (end < path.length && path[end] != 0) {
            end++;
        }
        // nothing: unnamed, see unix(7); a NUL first: a name in the abstract namespace
        return end == 0
                ? Optional.empty()
                : Optional.of(UnixDomainSocketAddress.of(CString.text(Arrays.copyOf(path, end))));
    }
}
