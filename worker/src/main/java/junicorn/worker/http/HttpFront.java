package junicorn.worker.http;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.concurrent.atomic.AtomicBoolean;
import junicorn.worker.http.message.HttpSettings;
import junicorn.worker.http.message.RequestObserver;
import junicorn.worker.http.message.UriCache;
import junicorn.worker.poll.IoBuffers;
import junicorn.worker.poll.Poll;
import junicorn.worker.poll.PolledSocket;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.HttpChannel;
import org.eclipse.jetty.server.HttpConfiguration;
import org.jspecify.annotations.Nullable;

/// Where accepted sockets become HTTP/1.1 connections. Keeps the parts of connections that have
/// ended or rest for those that have something to do.
public final class HttpFront {
    /// How long a draining worker waits for the first byte of a connection that it has accepted.
    static final Duration DRAIN_SILENCE = Duration.ofSeconds(1);

    /// How long a draining worker waits for the next request of a connection that was in use so
    /// short a time ago: its client does not know yet, and is told with the answer.
    static final Duration DRAIN_USED = Duration.ofMillis(250);

    private static final Logger LOG = System.getLogger(HttpFront.class.getName());
    private static final int SPARES_MAX = 256;

    private final Poll poll;
    private final HttpSettings settings;
    private final Connector connector;
    private final HttpConfiguration configuration;
    private final RequestObserver observer;
    private final RefusalLog refusals;
    private final RequestDeadlines deadlines;
    private final LostRequests lost;
    private final GoneClients gone;
    private final UriCache uris = new UriCache();
    private final BodyBudget bodies;
    private final ArrayDeque<Http1Connection> spares = new ArrayDeque<>();
    private final AtomicBoolean saidNoUpgrades = new AtomicBoolean();
    private volatile @Nullable RequestHooks hooks;

    public HttpFront(
            Poll poll,
            HttpSettings settings,
            Connector connector,
            HttpConfiguration configuration,
            RequestObserver observer,
            RefusalLog refusals,
            RequestDeadlines deadlines) {
        this.poll = poll;
        this.settings = settings;
        this.connector = connector;
        this.configuration = configuration;
        configuration.setUriCompliance(settings.uriRules().compliance());
        this.observer = observer;
        this.refusals = refusals;
        this.deadlines = deadlines;
        bodies = BodyBudget.of(settings);
        poll.whenSwept(bodies::sweep);
        lost = new LostRequests(poll.admission(), deadlines::unfit);
        poll.whenSwept(lost::sweep);
        gone = new GoneClients(poll, lost);
        poll.whenSwept(gone::sweep);
        if (deadlines.exist()) {
            poll.whenSwept(deadlines::sweep);
        }
    }

    /// Serves a connection that was just accepted, as far as it goes without waiting for the
    /// client.
    ///
    /// @param listener the number of the listener that it came by
    public void accepted(PolledSocket socket, int listener) {
        if (poll.concurrency().keepsConnections()) {
            socket.noDelay();
        }
        var wire = new SocketEndPoint(socket, this);
        socket.ownedBy(wire);
        serve(wire);
    }

    /// Serves one end of a private socket as if it were a connection that was just accepted.
    ///
    /// @param local where it seems to have been accepted
    /// @param remote where it seems to come from
    public void pretended(PolledSocket socket, SocketAddress local, SocketAddress remote) {
        var wire = new SocketEndPoint(socket, this);
        wire.pretend(local, remote);
        socket.ownedBy(wire);
        serve(wire);
    }

    /// These are told of each request from now on.
    public void tell(RequestHooks newHooks) {
        hooks = newHooks;
    }

    void began(HttpChannel channel) {
        var told = hooks;
        if (told != null) {
            told.began(channel.getRequest());
        }
    }

    void ended(HttpChannel channel, int status) {
        var told = hooks;
        if (told != null) {
            told.ended(channel.getRequest(), status);
        }
    }

    /// Serves a socket that has no connection, as far as it goes without waiting for the client.
    void serve(SocketEndPoint wire) {
        var connection = take(wire);
        wire.setConnection(connection);
        connection.open(wire);
    }

    private Http1Connection take(SocketEndPoint wire) {
        synchronized (spares) {
            var spare = spares.pollLast();
            if (spare != null) {
                return spare;
            }
        }
        var made = new Http1Connection(this, wire);
        lost.watch(made);
        return made;
    }

    /// Takes the parts of a connection that has ended, or rests.
    void reuse(Http1Connection ended) {
        ended.reset();
        synchronized (spares) {
            if (spares.size() < SPARES_MAX) {
                spares.addLast(ended);
                return;
            }
        }
        done(ended);
    }

    /// Serves none any more.
    void done(Http1Connection ended) {
        lost.forget(ended);
    }

    LostRequests lost() {
        return lost;
    }

    GoneClients gone() {
        return gone;
    }

    void refused(Http1Connection connection, int status) {
        refusals.refused(connection.getRemoteSocketAddress(), connection.requestLine(), status);
    }

    /// Says once that this worker class grants no upgrades.
    void declinesUpgrade() {
        if (saidNoUpgrades.compareAndSet(false, true)) {
            LOG.log(
                    Level.WARNING,
                    "a client asked to upgrade its connection (WebSocket?); worker class sync does not upgrade,"
                            + " the request is served as if it had not asked (said once)");
        }
    }

    Poll poll() {
        return poll;
    }

    IoBuffers buffers() {
        return poll.buffers();
    }

    HttpSettings settings() {
        return settings;
    }

    UriCache uris() {
        return uris;
    }

    BodyBudget bodies() {
        return bodies;
    }

    Connector connector() {
        return connector;
    }

    HttpConfiguration configuration() {
        return configuration;
    }

    RequestDeadlines deadlines() {
        return deadlines;
    }

    RequestObserver observer() {
        return observer;
    }
}
