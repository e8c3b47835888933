package junicorn.master.listen;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import junicorn.master.settings.Bind;
import junicorn.master.settings.BindFailed;
import junicorn.master.settings.ListenSettings;
import junicorn.os.AcceptQueue;
import junicorn.os.Epoll;
import junicorn.os.Errno;
import junicorn.os.NewClients;
import junicorn.os.PosixException;
import junicorn.os.Sockets;

/// One open listening socket. The master never accepts from it.
///
/// Its O_NONBLOCK belongs to the open file description, so to all processes at once: it is set
/// here, before any worker exists.
public final class Listener {
    /// How long the kernel keeps a silent connection to itself: TCP_DEFER_ACCEPT in tcp(7).
    ///
    /// Short on purpose. A request comes in the first milliseconds, or the connection is a
    /// preconnect, for which a worker's epoll is the better place: half-open connections are
    /// counted against the backlog, and are reset when the server stops.
    static final Duration DEFER_ACCEPT = Duration.ofSeconds(1);

    private final int fd;
    private final Bind bind;
    private final SocketAddress address;
    private final Optional<Long> inode;
    private final ListenSettings settings;
    private final boolean listening;
    private boolean shared;

    private Listener(
            int fd,
            Bind bind,
            SocketAddress address,
            Optional<Long> inode,
            ListenSettings settings,
            boolean listening) {
        this.fd = fd;
        this.bind = bind;
        this.address = address;
        this.inode = inode;
        this.settings = settings;
        this.listening = listening;
    }

    static Listener open(Bind bind, ListenSettings settings) throws BindFailed {
        return switch (bind) {
            case Bind.Tcp(String host, int port) ->
                    tcp(
                            bind,
                            new InetSocketAddress(Hosts.resolve(bind, host), port),
                            settings,
                            true);
            case Bind.Unix(Path path) -> unix(bind, path, settings);
            case Bind.Inherited(int fd) -> inherited(bind, fd, settings);
            case Bind.Named _ ->
                    throw new BindFailed(bind, "no socket of that name was handed to us", false);
        };
    }

    /// The socket of the same name that the old master listens on, with our settings from now on.
    static Listener adopt(Bind bind, Inheritance.Share share, ListenSettings settings)
            throws BindFailed {
        var fd = share.fd();
        var taken = inherited(bind, fd, settings);
        if (!(bind instanceof Bind.Inherited)) {
            Sockets.listen(fd, settings.backlog());
        }
        if (bind instanceof Bind.Tcp && !settings.deferAccept()) {
            Sockets.deferAccept(fd, Duration.ZERO);
        }
        var inode = share.inode() == 0 ? Optional.<Long>empty() : Optional.of(share.inode());
        var adopted = new Listener(fd, bind, taken.address, inode, settings, true);
        adopted.share(true);
        return adopted;
    }

    Bind bind() {
        return bind;
    }

    /// What another master calls this listener.
    String key() {
        return bind.toString();
    }

    /// For another master.
    Inheritance.Share share() {
        return new Inheritance.Share(fd, inode.orElse(0L));
    }

    /// @param withAnother as long as another master serves the same socket, new clients are its
    ///     clients too: none is turned away here, and its file stays
    void share(boolean withAnother) {
        shared = withAnother;
    }

    /// A second socket at the address of this one, which does not listen yet: its first worker will
    /// make it do so.
    Listener another() throws BindFailed {
        return tcp(bind, (InetSocketAddress) address, settings, false);
    }

    /// Whether each worker may have its own: a TCP socket that we opened.
    boolean mayBeMany() {
        return bind instanceof Bind.Tcp && !shared;
    }

    /// For the worker that makes it listen; 0 if it does.
    public int backlogToListen() {
        return listening ? 0 : settings.backlog();
    }

    public int fd() {
        return fd;
    }

    public boolean tcp() {
        return address instanceof InetSocketAddress;
    }

    /// How the log names it: `http://127.0.0.1:8000` with the real port, or `unix:/path`.
    public String name() {
        return switch (address) {
            case InetSocketAddress tcp -> "http://" + host(tcp.getAddress()) + ":" + tcp.getPort();
            case UnixDomainSocketAddress unix -> "unix:" + unix.getPath();
            default -> bind.toString();
        };
    }

    /// Turns new clients away; whoever is connected already stays so, and will be served. A TCP
    /// client's SYN is dropped and sent again, and refused when the listener is closed. A socket
    /// that we inherited is left as it is: what its owner does with it is not ours to decide.
    ///
    /// @return how; empty where the kernel is not asked
    Optional<NewClients.Way> refuseNew() {
        if (shared) {
            return Optional.empty();
        }
        return switch (bind) {
            case Bind.Tcp _ -> Optional.of(NewClients.refuse(fd));
            case Bind.Unix(Path path) -> {
                SocketFile.remove(path, inode);
                yield Optional.empty();
            }
            case Bind.Inherited _, Bind.Named _ -> Optional.empty();
        };
    }

    /// Whether a connection waits to be accepted that nobody but us will accept.
    boolean isAwaited() {
        return !(shared || bind instanceof Bind.Inherited)
                && Sockets.await(fd, Epoll.IN, Duration.ZERO);
    }

    /// Connections that wait to be accepted. Of a Unix socket the kernel does not tell how many: 1
    /// stands for some.
    int waiting() {
        return tcp() ? AcceptQueue.length(fd) : Sockets.await(fd, Epoll.IN, Duration.ZERO) ? 1 : 0;
    }

    void close() {
        Sockets.close(fd);
        if (!shared && bind instanceof Bind.Unix(Path path)) {
            SocketFile.remove(path, inode);
        }
    }

    private static Listener tcp(
            Bind bind, InetSocketAddress wish, ListenSettings settings, boolean listen)
            throws BindFailed {
        return opened(
                bind,
                wish,
                settings,
                listen,
                fd -> {
                    Sockets.reuseAddress(fd);
                    if (settings.reusePort()) {
                        Sockets.reusePort(fd);
                    }
                    Sockets.bind(fd, wish);
                    if (listen) {
                        Sockets.listen(fd, settings.backlog());
                    }
                    if (settings.deferAccept()) {
                        Sockets.deferAccept(fd, DEFER_ACCEPT);
                    }
                });
    }

    private static Listener unix(Bind bind, Path path, ListenSettings settings) throws BindFailed {
        var wish = UnixDomainSocketAddress.of(path);
        SocketFile.removeStale(bind, path);
        var opened =
                opened(
                        bind,
                        wish,
                        settings,
                        true,
                        fd -> {
                            Sockets.bind(fd, wish);
                            Sockets.listen(fd, settings.backlog());
                        });
        try {
            settings.give(path);
            return opened;
        } catch (IOException failed) {
            opened.close();
            throw new BindFailed(bind, "cannot give it to the workers' user: " + failed, false);
        }
    }

    private static Listener inherited(Bind bind, int fd, ListenSettings settings)
            throws BindFailed {
        try {
            if (!Sockets.isListening(fd)) {
                throw new BindFailed(bind, "that socket is not listening", false);
            }
            Sockets.nonBlocking(fd, true);
            var address = Sockets.localAddress(fd).orElseGet(() -> UnixDomainSocketAddress.of(""));
            if (settings.deferAccept() && address instanceof InetSocketAddress) {
                Sockets.deferAccept(fd, DEFER_ACCEPT);
            }
            return new Listener(fd, bind, address, Optional.empty(), settings, true);
        } catch (PosixException refused) {
            throw new BindFailed(
                    bind,
                    refused.errno() == Errno.EBADF
                            ? "no such file descriptor was handed to us"
                            : refused.errno() == Errno.ENOTSOCK
                                    ? "not a socket"
                                    : Errno.describe(refused.errno()),
                    false);
        }
    }

    private interface Setup {
        void apply(int fd);
    }

    private static Listener opened(
            Bind bind, SocketAddress wish, ListenSettings settings, boolean listening, Setup setup)
            throws BindFailed {
        var fd = -1;
        try {
            fd = Sockets.open(wish);
            setup.apply(fd);
            Sockets.nonBlocking(fd, true);
            var inode =
                    bind instanceof Bind.Unix(Path path)
                            ? SocketFile.inode(path)
                            : Optional.<Long>empty();
            var address = Sockets.localAddress(fd).orElse(wish);
            return new Listener(fd, bind, address, inode, settings, listening);
        } catch (PosixException refused) {
            if (fd >= 0) {
                Sockets.close(fd);
            }
            throw new BindFailed(
                    bind, why(bind, refused.errno()), refused.errno() == Errno.EADDRINUSE);
        }
    }

    private static String why(Bind bind, int errno) {
        var words = Errno.describe(errno);
        if (errno == Errno.EADDRINUSE) {
            return words + "; another process listens there ('ss -ltnp' shows which)";
        }
        if (errno == Errno.EADDRNOTAVAIL) {
            return words + "; no interface of this machine has it";
        }
        if (errno == Errno.EACCES && bind instanceof Bind.Tcp) {
            return words + "; ports below 1024 need root or CAP_NET_BIND_SERVICE";
        }
        return words;
    }

    private static String host(InetAddress address) {
        var text = address.getHostAddress();
        return text.contains(":") ? "[" + text + "]" : text;
    }
}
