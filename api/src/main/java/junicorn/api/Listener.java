package junicorn.api;

import java.net.SocketAddress;

/// A listening socket that the worker has inherited and shares with its siblings.
///
/// @param fd its number in this process
/// @param kind what it is
/// @param address where it listens: an `InetSocketAddress` or a `UnixDomainSocketAddress`
/// @param name how the log names it, like `http://127.0.0.1:8000`
public record Listener(int fd, Kind kind, SocketAddress address, String name) {
    /// The families of sockets.
    public enum Kind {
        /// TCP over IPv4 or IPv6.
        TCP,
        /// A Unix-domain stream socket.
        UNIX
    }
}
