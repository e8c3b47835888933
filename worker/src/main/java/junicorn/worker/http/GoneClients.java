package junicorn.worker.http;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.RejectedExecutionException;
import junicorn.worker.poll.Peer;
import junicorn.worker.poll.Poll;
import org.eclipse.jetty.io.EofException;

/// Notices that the client has gone of a request which its handler has left open: an event stream,
/// a long poll. Nobody reads from such a connection, and it may be hours before somebody writes.
///
/// A reset is one. The end of the client's input alone is not, for a client may half-close and wait
/// for its answer; but nobody does that who reads an event stream, and in a worker that drains, an
/// answer which has begun and rests is waited for in vain more often than not.
///
/// The application is told as of any failure of its connection (`AsyncListener.onError`), on one of
/// its threads. One that does not end its request then loses it.
///
/// Looks when the poll is swept: requests pay nothing, and those that are left open for a moment
/// only pay nothing either.
final class GoneClients {
    private static final Logger LOG = System.getLogger(GoneClients.class.getName());

    /// How long a request must have been left open.
    private static final Duration OPEN = Duration.ofSeconds(1);

    /// How long an application may take to end a request whose client has gone.
    private static final Duration TO_END = Duration.ofSeconds(5);

    /// A request that its handler has left open.
    ///
    /// @param goneSince when its application was told, or 0
    private record Left(int number, long since, long goneSince) {}

    private final Poll poll;
    private final LostRequests requests;
    private final Map<Exchange, Left> left = new HashMap<>(); // the sweeper's
    private volatile long openNanos = OPEN.toNanos();
    private volatile long toEndNanos = TO_END.toNanos();

    /// @param requests knows all connections that may be in a request
    GoneClients(Poll poll, LostRequests requests) {
        this.poll = poll;
        this.requests = requests;
    }

    /// @param open how long a request must have been left open
    /// @param toEnd how long an application may take to end it
    void patience(Duration open, Duration toEnd) {
        openNanos = open.toNanos();
        toEndNanos = toEnd.toNanos();
    }

    /// @param now [System#nanoTime()]
    void sweep(long now) {
        if (!left.isEmpty()) {
            left.keySet().removeIf(exchange -> !exchange.isLeftOpen());
        }
        for (var connection : requests.connections()) {
            if (connection.exchange().isLeftOpen()) {
                look(connection.exchange(), connection, now);
            }
        }
    }

    private void look(Exchange exchange, Http1Connection connection, long now) {
        int number = exchange.holds().number();
        var before = left.get(exchange);
        if (before == null || before.number() != number) {
            connection.getRemoteSocketAddress(); // for the access log: later nobody knows it
            left.put(exchange, new Left(number, now, 0));
        } else if (before.goneSince() != 0) {
            if (now - before.goneSince() >= toEndNanos) {
                takeAway(exchange, connection);
            }
        } else if (now - before.since() >= openNanos
                && isGone(connection)
                && tell(exchange, connection, number)) {
            left.put(exchange, new Left(number, before.since(), now));
        }
    }

    private boolean isGone(Http1Connection connection) {
        var rescue = connection.exchange().rescue();
        return switch (connection.wire().socket().peer()) {
            case Peer.THERE -> false;
            case Peer.GONE -> true;
            case Peer.SENDS_NO_MORE -> rescue.sendsEvents() || (poll.draining() && rescue.rests());
        };
    }

    /// False if the request has ended meanwhile, or there is no thread to tell it.
    private boolean tell(Exchange exchange, Http1Connection connection, int number) {
        if (!exchange.holds().hold()) {
            return false;
        }
        boolean told = false;
        try {
            if (isStill(exchange, number) && isGone(connection)) {
                connection.getConnector().getExecutor().execute(() -> clientGone(exchange, number));
                told = true;
            }
        } catch (RejectedExecutionException e) {
            LOG.log(Level.DEBUG, "the worker stops, and its applications with it");
        } finally {
            if (!told) {
                exchange.release();
            }
        }
        return told;
    }

    private static boolean isStill(Exchange exchange, int number) {
        return exchange.holds().number() == number && exchange.isLeftOpen();
    }

    private static void clientGone(Exchange exchange, int number) {
        try {
            if (isStill(exchange, number)) {
                exchange.rescue().clientGone(new EofException("the client has gone"));
            }
        } finally {
            exchange.release();
        }
    }

    private void takeAway(Exchange exchange, Http1Connection connection) {
        var request = connection.requestLine();
        left.remove(exchange);
        if (exchange.takeAway()) {
            LOG.log(
                    Level.WARNING,
                    "a request was taken from the application: its client has gone, and the"
                            + " application was told and did not end it request={0}",
                    request);
        }
    }
}
