package junicorn.worker.http;

import java.util.function.Supplier;
import junicorn.worker.poll.Fault;
import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.server.Components;
import org.eclipse.jetty.server.HttpChannel;
import org.eclipse.jetty.server.HttpStream;
import org.eclipse.jetty.util.HostPort;
import org.jspecify.annotations.Nullable;

/// One request with the application at a time: given to Jetty's channel, and over when the channel
/// says so, on whichever thread that is. If it is over before its handler returns, the request
/// thread goes on with the connection; else whoever ended it does.
///
/// **Whatever is thrown, it ends.** What the application, its listeners, the access log or Jetty
/// itself throws may come out of the channel after the channel has ended the request, or instead;
/// see [Rescue].
final class Exchange {
    private final HttpFront front;
    private final Http1Connection connection;
    private final Inbound inbound;
    private final Outbound outbound;
    private final Http1Stream stream;
    private final HttpChannel channel;
    private final Supplier<HostPort> authority;
    private final RequestWatch watch;
    private final BodyWait bodyWait;

    /// The last to let go goes on with the connection.
    private final Holds holds = new Holds();

    private final Rescue rescue;
    private int ticket;
    private boolean persistent = true;
    private volatile boolean failed;
    private boolean shared;
    private @Nullable Connection upgradeTo;

    Exchange(HttpFront front, Http1Connection connection, Inbound inbound, Outbound outbound) {
        this.front = front;
        this.connection = connection;
        authority = connection::getServerAuthority; // costs a system call, and most clients say it
        this.inbound = inbound;
        this.outbound = outbound;
        stream = new Http1Stream(connection, this, inbound, outbound);
        bodyWait = new BodyWait(this, connection, front, stream);
        channel = new HttpChannel.DefaultFactory().newHttpChannel(connection);
        watch =
                new RequestWatch(
                        this, new CutOff(connection, this, outbound, channel), front.deadlines());
        rescue = new Rescue(this, connection, outbound, channel);
    }

    /// Has the channel keep what costs to make from request to request. It does so only for a
    /// connection that says it persists, and asks once: now.
    void openCache() {
        if (channel instanceof Components components) {
            components.getCache();
        }
    }

    /// Gives the request to the application; the caller has taken a place for it
    /// ([junicorn.worker.poll.Admission]), which is given back whatever happens.
    ///
    /// @throws HttpException.RuntimeException for a request that the application must not see
    End run() {
        var task = begun();
        Throwable thrown = null;
        try {
            front.began(channel);
            task.run();
        } catch (Throwable e) {
            thrown = e;
        }
        watch.threadLeft();
        boolean alone = !shared;
        shared = true;
        holds.handlerReturned();
        if (thrown != null) {
            rescue.cameOut(holds.number(), thrown);
        }
        if (!holds.release()) {
            front.poll().admission().stays();
            return End.OPEN;
        }
        shared = !alone;
        var end = finish();
        if (thrown != null) {
            Fault.throwFatal(thrown);
        }
        return end;
    }

    private Runnable begun() {
        boolean begun = false;
        try {
            var reader = inbound.reader();
            var concurrency = front.poll().concurrency();
            persistent =
                    concurrency.keepsConnections()
                            && reader.persistent()
                            && !front.poll().draining();
            if (reader.asksForUpgrade() && !concurrency.upgrades()) {
                front.declinesUpgrade();
                reader.declineUpgrade();
            }
            var task = begin();
            connection.wire().requests++;
            ticket = reader.tell(front.observer());
            holds.begin();
            watch.begin();
            begun = true;
            return task;
        } finally {
            if (!begun) {
                front.poll().admission().leave();
            }
        }
    }

    private Runnable begin() {
        try {
            var secure = connection.isSecure();
            var metaData = inbound.reader().metaData(inbound.beginNanoTime(), secure, authority);
            inbound.reader().stream();
            outbound.begin(persistent);
            channel.setHttpStream(stream);
            return channel.onRequest(metaData);
        } catch (HttpException.RuntimeException e) {
            throw e;
        } catch (Throwable e) {
            Fault.log("a request could not be given to the application", e);
            throw new HttpException.RuntimeException(
                    HttpStatus.INTERNAL_SERVER_ERROR_500, "an internal error", e);
        }
    }

    // ---- for who looks on

    /// True while the handler has not returned and nobody polls for this connection.
    boolean isHandling() {
        return holds.handler() != null && front.poll().concurrency().handlerHoldsPoll();
    }

    /// True from when it is over, or is to be.
    boolean isEnding() {
        return holds.isOver() || watch.isCutOff();
    }

    /// True if its handler has returned and the application has yet to end it.
    boolean isLeftOpen() {
        return holds.isOpen() && holds.handler() == null && !isEnding();
    }

    /// True if it is open and nobody is there who would end it.
    boolean isDeserted() {
        return (holds.areDeserted() || (isLeftOpen() && rescue.isStuck()))
                && !watch.isCutOff()
                && !bodyWait.delivers();
    }

    // ---- its end

    /// The channel is done with the request.
    void succeeded() {
        if (!holds.end()) {
            return; // it was given up meanwhile
        }
        try {
            if (channel.getRequest().getAttribute(HttpStream.UPGRADE_CONNECTION_ATTRIBUTE)
                    instanceof Connection next) {
                upgradeTo = next;
            }
            front.ended(channel, stream.status());
            channel.recycle();
        } catch (Throwable e) {
            failed = true;
            Fault.log("a request was given up at its end", e);
        } finally {
            letGo();
        }
    }

    /// The channel gives the request up.
    void failed() {
        if (!holds.end()) {
            return;
        }
        failed = true;
        try {
            front.ended(channel, stream.status());
            channel.setHttpStream(null);
        } catch (Throwable e) {
            Fault.log("a request was given up at its end", e);
        } finally {
            letGo();
        }
    }

    /// It is to end without an answer that is whole. False if it is over.
    boolean isToEndBroken() {
        if (!holds.end()) {
            return false;
        }
        failed = true;
        persistent = false;
        return true;
    }

    void letGo() {
        bodyWait.stop();
        release();
    }

    /// It ends otherwise than the application thought: nobody waits for its body, and the
    /// connection ends with it.
    void giveUp() {
        persistent = false;
        bodyWait.stop();
    }

    void release() {
        if (holds.release()) {
            connection.ended(this::finish);
        }
    }

    /// Ends it for those who should have and never will. False if it has just ended.
    boolean takeAway() {
        if (!holds.takeAll()) {
            return false;
        }
        failed = true;
        connection.ended(this::finish);
        return true;
    }

    private End finish() {
        try {
            front.observer().requestEnded(ticket);
        } finally {
            stream.reset();
            bodyWait.reset();
            front.poll().admission().leave();
        }
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

    // ---- its parts, and for them

    Holds holds() {
        return holds;
    }

    RequestWatch watch() {
        return watch;
    }

    BodyWait bodyWait() {
        return bodyWait;
    }

    Rescue rescue() {
        return rescue;
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

    @Nullable Connection upgradeTo() {
        return upgradeTo;
    }

    /// True if it can serve another connection: no other thread may hold on to parts of it.
    boolean isReusable() {
        return !shared && !failed && upgradeTo == null;
    }
}
