package junicorn.worker.http;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.HttpChannel;
import org.eclipse.jetty.server.internal.HttpChannelState;
import org.jspecify.annotations.Nullable;

/// Ends a request that Jetty's channel will not end any more, for something was thrown where its
/// way to the end goes through the application, its listeners, an error page, the access log. Each
/// method is for whoever holds the exchange.
final class Rescue {
    private static final Logger LOG = System.getLogger(Rescue.class.getName());

    private static final String EVENTS = "text/event-stream";

    private final Exchange exchange;
    private final Http1Connection connection;
    private final Outbound outbound;
    private final HttpChannel channel;

    Rescue(Exchange exchange, Http1Connection connection, Outbound outbound, HttpChannel channel) {
        this.exchange = exchange;
        this.connection = connection;
        this.outbound = outbound;
        this.channel = channel;
    }

    /// The channel let something through to who called it: after it had ended the request, or
    /// instead.
    ///
    /// @param number of the request that it was called for; by now there may be another
    void cameOut(int number, Throwable thrown) {
        if (exchange.holds().hold()) {
            try {
                if (exchange.holds().number() == number && !exchange.holds().isOver()) {
                    abort(thrown);
                    return;
                }
            } finally {
                exchange.release();
            }
        }
        // Jetty closes the parts of a multipart body last. That they could not be read the
        // application was told when it wanted them
        LOG.log(
                thrown instanceof CompletionException ? Level.DEBUG : Level.ERROR,
                "a request was not tidied up after its answer",
                thrown);
    }

    /// Ends it with 500 if there is no answer yet, else by breaking the answer off.
    void abort(Throwable cause) {
        if (!exchange.isToEndBroken()) {
            return;
        }
        try {
            LOG.log(
                    Level.ERROR,
                    "request given up after an internal error request=" + connection.requestLine(),
                    cause);
            if (exchange.watch().mayAnswer() && !outbound.isCommitted()) {
                outbound.refuse(HttpStatus.INTERNAL_SERVER_ERROR_500, "an internal error");
                Linger.over(connection.wire().leave());
            } else {
                outbound.cancel(cause);
            }
        } catch (Throwable e) {
            connection.wire().socket().close();
            LOG.log(Level.ERROR, "a request could not be given up cleanly", e);
        } finally {
            exchange.letGo();
        }
    }

    /// True if the application has completed the request, or the last of its answer was to be sent
    /// and was not begun, while nothing is on its way: what should have gone on from there threw,
    /// on a thread that is not ours.
    boolean isStuck() {
        var response = channel instanceof HttpChannelState state ? state.getResponse() : null;
        return response != null
                && !connection.wire().isWritePending()
                && (response.isCompletedSuccessfully()
                        || (response.hasLastWrite() && !outbound.isCommitted()));
    }

    /// Tells the application that its request has failed. It has the last word, if it can still
    /// speak.
    void fail(Throwable cause) {
        tell(() -> channel.onFailure(cause));
    }

    /// The same: the client has gone. The connection is closed when the application has been told,
    /// so that a worker which drains does not stop it before.
    void clientGone(Throwable cause) {
        exchange.giveUp();
        tell(() -> channel.onRemoteFailure(cause));
        if (!exchange.holds().isOver()) {
            outbound.cancel(cause);
        }
    }

    /// True if its answer has begun, and nothing of it is on its way.
    boolean rests() {
        return outbound.isCommitted() && !connection.wire().isWritePending();
    }

    /// True if its answer is one that the client reads until one of the two goes.
    boolean sendsEvents() {
        var response = channel instanceof HttpChannelState state ? state.getResponse() : null;
        var type =
                response == null || !outbound.isCommitted()
                        ? null
                        : response.getHeaders().get(HttpHeader.CONTENT_TYPE);
        return type != null && type.regionMatches(true, 0, EVENTS, 0, EVENTS.length());
    }

    /// Nothing happened for too long; the application is told on one of its threads.
    void timedOut(TimeoutException timeout) {
        var action = channel.onIdleTimeout(timeout).action();
        if (action != null) {
            connection.getConnector().getExecutor().execute(action);
        }
    }

    private void tell(Supplier<@Nullable Runnable> telling) {
        try {
            var task = telling.get();
            if (task != null) {
                task.run();
            }
        } catch (Throwable e) {
            abort(e);
        }
    }
}
