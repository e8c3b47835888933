package junicorn.vertx;

import io.netty.channel.Channel;
import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import junicorn.api.Listener;
import junicorn.api.WorkerContext;

/// The inherited listeners, for whoever binds: a server that binds where the worker listens gets
/// the inherited socket, any other binds for itself. Counts the connections that came through, and
/// says when there may be no more for the moment.
final class Door {
    private final WorkerContext context;
    private final Map<Listener, Channel> served = new HashMap<>(); // guarded by this
    private final Map<Channel, Guest> guests = new HashMap<>(); // guarded by this
    private final List<SocketAddress> others = new ArrayList<>(); // guarded by this
    private boolean open; // guarded by this
    private boolean closed; // guarded by this

    Door(WorkerContext context) {
        this.context = context;
    }

    /// The inherited socket for a server that binds to `address`; empty if it is none of ours.
    ///
    /// For TCP the port alone decides: whether the application says `localhost`, or `0.0.0.0`, or
    /// nothing, it means the port that the server was told to listen on.
    synchronized Optional<ServerSocketChannel> adopt(SocketAddress address, Channel server)
            throws IOException {
        for (var listener : context.listeners()) {
            if (matches(listener.address(), address)) {
                if (served.putIfAbsent(listener, server) != null) {
                    throw new BindException(listener.name() + " is served by another server");
                }
                notifyAll();
                return Optional.of(context.channel(listener));
            }
        }
        others.add(address);
        return Optional.empty();
    }

    private static boolean matches(SocketAddress ours, SocketAddress wanted) {
        return ours instanceof InetSocketAddress inet
                ? wanted instanceof InetSocketAddress other && other.getPort() == inet.getPort()
                : ours.equals(wanted);
    }

    /// Waits until somebody serves each listener. Gives those that nobody serves.
    synchronized List<Listener> awaitServed(Duration atMost) throws InterruptedException {
        var end = System.nanoTime() + atMost.toNanos();
        var unserved = unserved();
        for (var left = atMost.toMillis();
                left > 0 && !unserved.isEmpty();
                left = Duration.ofNanos(end - System.nanoTime()).toMillis()) {
            wait(left);
            unserved = unserved();
        }
        return unserved;
    }

    private synchronized List<Listener> unserved() {
        return context.listeners().stream().filter(it -> !served.containsKey(it)).toList();
    }

    /// Where the application really listens.
    synchronized List<SocketAddress> others() {
        return List.copyOf(others);
    }

    /// True if the application is only being checked: nothing is bound then.
    boolean isSham() {
        return context.isCheck();
    }

    /// Lets connections in.
    void open() {
        synchronized (this) {
            open = true;
        }
        mind();
    }

    synchronized boolean isOpen() {
        return open && !closed && guests.size() < context.connections();
    }

    /// A connection came in.
    void entered(Channel channel) {
        var guest = new Guest(channel);
        channel.pipeline().addFirst(guest);
        synchronized (this) {
            guests.put(channel, guest);
            if (closed) { // it was on its way in when the door was closed
                guest.leave(context.gracefulTimeout());
            }
        }
        channel.closeFuture().addListener(_ -> left(channel));
        mind();
    }

    private void left(Channel channel) {
        synchronized (this) {
            guests.remove(channel);
            if (guests.isEmpty()) {
                notifyAll();
            }
        }
        mind();
    }

    /// Reads connections from the listeners while there is room.
    private synchronized void mind() {
        var reads = isOpen();
        for (var server : served.values()) {
            if (server.config().isAutoRead() != reads) {
                server.config().setAutoRead(reads);
            }
        }
    }

    /// Nobody gets in any more, and who is in is asked to leave. This worker's descriptors are
    /// closed, the siblings' are not.
    void close() {
        List<Channel> servers;
        synchronized (this) {
            closed = true;
            servers = List.copyOf(served.values());
        }
        servers.forEach(server -> server.close().awaitUninterruptibly());
        synchronized (this) {
            guests.values().forEach(guest -> guest.leave(context.gracefulTimeout()));
            notifyAll();
        }
    }

    /// Waits until the door is closed and all have left.
    synchronized void awaitEmpty() throws InterruptedException {
        while (!closed || !guests.isEmpty()) {
            wait();
        }
    }
}
