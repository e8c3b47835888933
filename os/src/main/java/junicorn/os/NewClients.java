package junicorn.os;

/// Turns new clients away from a TCP socket that listens, so that its queue runs dry without a
/// reset: from now on the kernel drops the first segment of every new connection, while those half
/// open or queued are completed, accepted and served. The client sends that segment again after
/// 1 s, and is refused if the listener is closed by then. For all processes that share the
/// listener, and for good.
public final class NewClients {
    /// The largest there is: who wants at least this takes nothing that has passed a router, and
    /// nothing of a host that sends with the usual 64 or 128.
    private static final int TTL_MAX = 255;

    private static final int ANY_TTL = 0;
    private static final int AF_INET6 = 10; // <bits/socket.h>

    private NewClients() {}

    /// How they are turned away.
    public enum Way {
        /// By a filter: the best, for connections never notice. Some kernels want CAP_NET_ADMIN.
        FILTER,

        /// By the least time to live that the listener takes, which is checked for what opens a
        /// connection and not for what completes it. No right is needed, but connections that are
        /// completed from now on inherit it: see [#loosen].
        TIME_TO_LIVE,

        /// Not at all: it is no TCP socket, or the kernel lets us do neither.
        NONE
    }

    /// By the best way that there is.
    public static Way refuse(int listener) {
        if (!Sockets.isTcp(listener)) {
            return Way.NONE;
        }
        try {
            SynFilter.attach(listener);
            return Way.FILTER;
        } catch (PosixException _) { // EPERM without CAP_NET_ADMIN, since some kernel of the 6.x
            return refuseByTtl(listener);
        }
    }

    /// `tcp_v4_rcv` in the kernel's net/ipv4/tcp_ipv4.c looks for a half-open connection before it
    /// compares the segment's time to live with the least that the listener takes (ip(7),
    /// IP_MINTTL); `tcp_v6_rcv` likewise (IPV6_MINHOPCOUNT). A listener of both has both.
    static Way refuseByTtl(int listener) {
        try {
            if (isIpv6(listener)) {
                leastHopCount(listener, TTL_MAX);
            }
            leastTtl(listener, TTL_MAX);
            return Way.TIME_TO_LIVE;
        } catch (PosixException _) { // not every kernel that runs Linux programs is Linux
            return Way.NONE;
        }
    }

    /// Takes from a connection what it inherited from a listener that turns new clients away by
    /// [Way#TIME_TO_LIVE]; until then the kernel drops what its client sends, and the client sends
    /// it again.
    ///
    /// @param fd any descriptor: false if it is no such connection
    public static boolean loosen(int fd) {
        try {
            if (Sockets.isListening(fd) || !Sockets.isTcp(fd) || leastTtl(fd) != TTL_MAX) {
                return false;
            }
            if (isIpv6(fd)) {
                leastHopCount(fd, ANY_TTL);
            }
            leastTtl(fd, ANY_TTL);
            return true;
        } catch (PosixException _) { // no socket, or closed meanwhile
            return false;
        }
    }

    private static boolean isIpv6(int fd) {
        return SocketOptions.get(fd, SocketOptions.SOL_SOCKET, SocketOptions.SO_DOMAIN, "SO_DOMAIN")
                == AF_INET6;
    }

    private static int leastTtl(int fd) {
        return SocketOptions.get(
                fd, SocketOptions.IPPROTO_IP, SocketOptions.IP_MINTTL, "IP_MINTTL");
    }

    private static void leastTtl(int fd, int ttl) {
        SocketOptions.set(fd, SocketOptions.IPPROTO_IP, SocketOptions.IP_MINTTL, ttl, "IP_MINTTL");
    }

    private static void leastHopCount(int fd, int count) {
        SocketOptions.set(
                fd,
                SocketOptions.IPPROTO_IPV6,
                SocketOptions.IPV6_MINHOPCOUNT,
                count,
                "IPV6_MINHOPCOUNT");
    }
}
