package junicorn.worker.http;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.server.Components;
import org.eclipse.jetty.server.HttpChannel;
import org.eclipse.jetty.server.HttpStream;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.HostPort;
import org.jspecify.annotations.Nullable;

/// One request with the application at a time: given to Jetty's channel, and over when the channel
/// says so, on whichever thread that is. If it is over before its handler returns, the request
/// thread goes on with the connection; else whoever ended it does.
final class Exchange {
    /// How a request ended, as far as the connection is concerned.
    enum End {
        /// It is not over: its handler returned, the application will end it. The connection is not
        /// ours until then.
        OPEN,
        /// Answered; the connection may carry another request.
        PERSISTENT,
        /// Answered; the connection is to be closed.
        LAST,
        /// Broken off: the client must not take the answer for complete.
        FAILED,
        /// Answered; the connection belongs to another protocol now.
        UPGRADED
    }

    private static final Logger LOG = System.getLogger(Exchange.class.getName());

    private final HttpFront front;
    private final Http1Connection connection;
    private final Inbound inbound;
    private final Outbound outbound;
    private final Http1Stream stream;
    private final HttpChannel channel;
    private final Supplier<HostPort> authority;
    private final RequestWatch watch;

    /// Who holds the request: the application until the channel is done with it, the handler's
    /// thread, and whoever waits for more of the body or delivers it. The last to let go goes on
    /// with the connection.
    private final AtomicInteger holds = new AtomicInteger();

    private volatile @Nullable Thread handler;
    private volatile boolean over;
    private volatile @Nullable Callback bodyWait;
    private int ticket;
    private boolean persistent = true;
    private boolean failed;
    private boolean shared;
    private @Nullable Connection upgradeTo;

    Exchange(HttpFront front, Http1Connection connection, Inbound inbound, Outbound outbound) {
        this.front = front;
        this.connection = connection;
        authority = connection::getServerAuthority; // costs a system call, and most clients say it
        this.inbound = inbound;
        this.outbound = outbound;
        stream = new Http1Stream(connection, this, inbound, outbound);
        channel = new HttpChannel.DefaultFactory().newHttpChannel(connection);
        watch =
                new RequestWatch(
                        this, new CutOff(connection, this, outbound, channel), front.deadlines());
    }

    /// Has the channel keep what costs to make from request to request. It does so only for a
    /// connection that says it persists, and asks once: now.
    void openCache() {
        if (channel instanceof Components components) {
            components.getCache();
        }
    }

    /// Gives the request to the application; the caller has a place for it
    /// ([junicorn.worker.poll.Admission]).
    ///
    /// @throws HttpException.RuntimeException for a request that the application must not see
    End run() {
        var reader = inbound.reader();
        var concurrency = front.poll().concurrency();
        persistent =
                concurrency.keepsConnections() && reader.persistent() && !front.poll().draining();
        if (reader.asksForUpgrade() && !concurrency.upgrades()) {
            front.declinesUpgrade();
            reader.declineUpgrade();
        }
        var task = begin(reader);
        connection.wire().requests++;
        ticket = reader.tell(front.observer());
        over = false;
        holds.set(2); // the application's and this thread's
        handler = Thread.currentThread();
        watch.begin();
        try {
            front.began(channel);
            task.run();
        } finally {
            watch.threadLeft();
        }
        boolean alone = !shared;
        shared = true;
        handler = null;
        if (holds.decrementAndGet() > 0) {
            front.poll().admission().stays();
            return End.OPEN;
        }
        shared = !alone;
        return finish();
    }

    private Runnable begin(RequestReader reader) {
        try {
            var metaData =
                    reader.metaData(inbound.beginNanoTime(), connection.isSecure(), authority);
            reader.stream();
            outbound.begin(persistent);
            channel.setHttpStream(stream);
            return channel.onRequest(metaData);
        } catch (HttpException.RuntimeException e) {
            throw e;
        } catch (RuntimeException e) {
            LOG.log(Level.ERROR, "a request could not be given to the application", e);
            throw new HttpException.RuntimeException(
                    HttpStatus.INTERNAL_SERVER_ERROR_500, "an internal error", e);
        }
    }

    /// True while the handler has not returned and nobody polls for this connection.
    boolean isHandling() {
        return handler != null && front.poll().concurrency().handlerHoldsPoll();
    }

    /// True while the handler runs on this thread.
    boolean isHandledBy(Thread thread) {
        return handler == thread;
    }

    /// What runs now, for people; on any thread, so it may be out of date by a moment.
    String words(long now) {
        var age = (now - inbound.beginNanoTime()) / 1_000_000;
        return "request %s age=%dms%n%s"
                .formatted(connection.requestLine(), age, ThreadReport.of(handler));
    }

    /// The channel is done with the request.
    void succeeded() {
        if (channel.getRequest().getAttribute(HttpStream.UPGRADE_CONNECTION_ATTRIBUTE)
                instanceof Connection next) {
            upgradeTo = next;
        }
        front.ended(channel, stream.status());
        channel.recycle();
        ended();
    }

    /// The channel gives the request up.
    void failed() {
        failed = true;
        front.ended(channel, stream.status());
        channel.setHttpStream(null);
        ended();
    }

    private void ended() {
        over = true;
        stopWaiting();
        release();
    }

    /// Keeps the connection from going on until it is released; for who comes from outside. False
    /// if there is no request.
    boolean hold() {
        return holds.updateAndGet(count -> count == 0 ? 0 : count + 1) > 0;
    }

    void release() {
        if (holds.decrementAndGet() == 0) {
            connection.ended(finish());
        }
    }

    private End finish() {
        front.observer().requestEnded(ticket);
        front.poll().admission().leave();
        stream.reset();
        bodyWait = null;
        if (watch.over() || failed) {
            return End.FAILED;
        }
        if (upgradeTo != null) {
            return End.UPGRADED;
        }
        return persistent && inbound.reader().isComplete() && outbound.persistent()
                ? End.PERSISTENT
                : End.LAST;
    }

    /// The application wants more of the body than has come.
    void awaitContent() {
        holds.incrementAndGet();
        // its own each time: who comes late must not take what the next request waits for
        var wait = Callback.from(this::bodyReady, this::broken);
        bodyWait = wait;
        connection.awaitReadable(wait);
        if ((over || watch.isCutOff()) && connection.wire().takeInterest(wait)) {
            release();
        }
    }

    private void bodyReady() {
        if (!front.poll().handOver(this::contentReady)) {
            contentReady();
        }
    }

    /// Bytes of the body came.
    private void contentReady() {
        stream.ready();
        release();
    }

    /// The connection broke while the application waits for the body.
    private void broken(Throwable cause) {
        var task = channel.onFailure(cause);
        if (task != null) {
            task.run();
        }
        release();
    }

    /// What the application waits for did not come in time; it is told on one of its threads.
    ///
    /// @param body true if that is (also) more of the body
    void expired(TimeoutException timeout, boolean body) {
        if (body) {
            inbound.reader().late();
            front.connector().getExecutor().execute(this::contentReady);
            return;
        }
        var action = channel.onIdleTimeout(timeout).action();
        if (action != null) {
            front.connector().getExecutor().execute(action);
        }
    }

    RequestWatch watch() {
        return watch;
    }

    /// It ends otherwise than the application thought: nobody waits for its body, and the
    /// connection ends with it.
    void giveUp() {
        persistent = false;
        stopWaiting();
    }

    private void stopWaiting() {
        var wait = bodyWait;
        if (wait != null && connection.wire().takeInterest(wait)) {
            release();
        }
    }

    HttpChannel channel() {
        return channel;
    }

    boolean isPersistent() {
        return persistent;
    }

    /// The connection closes when this request is answered.
    void endAfterThis() {
        persistent = false;
        outbound.endAfterThis();
    }

    /// Whom the connection belongs to after [End#UPGRADED].
    @Nullable Connection upgradeTo() {
        return upgradeTo;
    }

    /// True if it can serve another connection: no other thread may hold on to parts of it.
    boolean isReusable() {
        return !shared && !failed && upgradeTo == null;
    }
}
