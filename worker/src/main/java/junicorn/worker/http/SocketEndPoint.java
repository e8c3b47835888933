package junicorn.worker.http;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadPendingException;
import java.util.concurrent.TimeoutException;
import junicorn.worker.poll.IoBuffer;
import junicorn.worker.poll.PolledSocket;
import junicorn.worker.poll.SocketOwner;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EofException;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/// Jetty's view of a [PolledSocket]: what its connections (ours, and those that an upgrade brings)
/// read from and write to. Lives as long as the socket, so a reference that somebody kept too long
/// meets a closed end point, never a stranger's.
final class SocketEndPoint extends SocketFacts implements SocketOwner {
    /// Waits for bytes of a socket that has no connection.
    private static final Callback RESTING = new Callback() {};

    private final ReceiveSide receiveSide;
    private final SendSide sendSide;
    private volatile boolean left;
    private long restsSince; // its owner's
    private volatile @Nullable Upgraded upgraded;

    SocketEndPoint(PolledSocket socket, HttpFront front) {
        super(socket, front);
        receiveSide = new ReceiveSide(socket);
        sendSide = new SendSide(socket, executor(), front.settings().writeTimeout());
    }

    // ---- bytes in

    /// Fills an empty buffer. Bytes, 0 if there are none now, -1 at the end of input.
    int fill(IoBuffer into) {
        return heard(receiveSide.fill(into));
    }

    @Override
    public int fill(ByteBuffer buffer) {
        return heard(receiveSide.fill(buffer));
    }

    private int heard(int received) {
        var after = upgraded;
        if (received > 0 && after != null) {
            after.heard();
        }
        return received;
    }

    @Override
    public void fillInterested(Callback callback) {
        if (!tryFillInterested(callback)) {
            throw new ReadPendingException();
        }
    }

    @Override
    public boolean tryFillInterested(Callback callback) {
        if (!receiveSide.interested(callback)) {
            return false;
        }
        var after = upgraded;
        if (after != null) {
            after.rests();
        } else if (idleTimeoutMillis > 0) {
            socket.deadline(System.nanoTime() + idleTimeoutMillis * 1_000_000);
        }
        armed(socket.arm(PolledSocket.READ), callback);
        if (after != null && socket.poll().draining()) {
            after.leave();
        }
        return true;
    }

    /// As [#fillInterested], for a handler that may hold up the thread which would see it.
    boolean fillInterestedAside(Callback callback, long deadline) {
        if (!receiveSide.interested(callback)) {
            throw new ReadPendingException();
        }
        armed(socket.armAside(PolledSocket.READ, deadline), callback);
        return true;
    }

    private void armed(boolean done, Callback callback) {
        if (!done && receiveSide.takeInterest(callback)) {
            callback.failed(new EofException("closed"));
        }
    }

    @Override
    public boolean isFillInterested() {
        return receiveSide.hasInterest();
    }

    // ---- bytes out

    @Override
    public boolean flush(ByteBuffer... buffers) throws IOException {
        boolean all = sendSide.flush(buffers);
        var after = upgraded;
        if (all && after != null && idleTimeoutMillis > 0) {
            after.rests(); // to an application it is idle if nothing comes and nothing goes
        }
        return all;
    }

    @Override
    public void write(Callback callback, ByteBuffer... buffers) {
        sendSide.write(callback, buffers);
    }

    @Override
    public @Nullable Callback cancelWrite(@Nullable Throwable cause) {
        return sendSide.cancel();
    }

    boolean isWritePending() {
        return sendSide.isPending();
    }

    // ---- what the poll says

    @Override
    public void ready(int interest) {
        if (upgraded == null || !socket.poll().handOver(this::readable)) {
            readable();
        }
    }

    private void readable() {
        var callback = receiveSide.takeInterest();
        if (callback == RESTING) {
            front.serve(this);
        } else if (callback != null) {
            callback.succeeded();
        }
    }

    @Override
    public void aside(int interest, boolean late) {
        if (late) {
            expire(new TimeoutException("the client did not go on in time"));
            return;
        }
        if ((interest & PolledSocket.WRITE) != 0 && !socket.poll().handOver(sendSide::ready)) {
            sendSide.ready();
        }
        if ((interest & PolledSocket.READ) != 0) {
            executor().execute(this::readable);
        }
    }

    /// Rests in the poll without a connection until a request comes, or until the deadline.
    void rest(long deadline) {
        connection = null;
        restsSince = System.nanoTime();
        socket.deadline(deadline);
        receiveSide.interested(RESTING);
        if (!socket.arm(PolledSocket.READ) && receiveSide.takeInterest(RESTING)) {
            close(null);
        } else if (socket.poll().draining()) {
            socket.drain(); // it began in between
        }
    }

    @Override
    public void expired() {
        var after = upgraded;
        if (after == null) {
            expire(new TimeoutException("nothing came in time"));
        } else {
            executor().execute(after::silent);
        }
    }

    private void expire(TimeoutException timeout) {
        if (connection instanceof Http1Connection ours) {
            ours.onIdleExpired(timeout);
        } else if (connection == null) {
            close(timeout);
        } else {
            executor().execute(() -> close(timeout));
        }
    }

    @Override
    public void draining() {
        var after = upgraded;
        if (connection instanceof Http1Connection ours) {
            ours.drain();
        } else if (after != null) {
            rearm();
            socket.poll().execute(after::leave);
        } else if (isReadable()) {
            rearm(); // a request has come
        } else if (System.nanoTime() - restsSince < HttpFront.DRAIN_USED.toNanos()) {
            socket.deadline(restsSince + 2 * HttpFront.DRAIN_USED.toNanos());
            rearm(); // one may be on its way
        } else if (takeInterest()) {
            close(null);
        }
    }

    boolean takeInterest() {
        return receiveSide.takeInterest() != null;
    }

    boolean takeInterest(Callback callback) {
        return receiveSide.takeInterest(callback);
    }

    /// Puts the socket back as it was before a drain took it.
    void rearm() {
        if (receiveSide.hasInterest()) {
            socket.arm(PolledSocket.READ);
        }
    }

    @Override
    public void givenUp(PolledSocket ours, Throwable cause) {
        close(cause);
    }

    private void failPending(@Nullable Throwable cause) {
        fail(receiveSide.takeInterest(), cause);
        fail(sendSide.cancel(), cause);
    }

    // ---- life

    @Override
    public boolean isOpen() {
        return !left && socket.isOpen();
    }

    @Override
    public void shutdownOutput() {
        sendSide.shutdown();
    }

    @Override
    public void close(@Nullable Throwable cause) {
        if (!left && socket.close()) {
            failPending(cause);
            var current = connection;
            if (current != null) {
                current.onClose(cause);
            }
        }
    }

    /// Gives the socket away; this end point is closed, the socket is not.
    PolledSocket leave() {
        left = true;
        return socket;
    }

    @Override
    public void upgrade(Connection newConnection) {
        var old = connection;
        var rest = old instanceof Connection.UpgradeFrom from ? from.onUpgradeFrom() : null;
        if (old != null) {
            old.onClose(null);
        }
        connection = newConnection;
        upgraded = new Upgraded(this, newConnection, front.connector());
        socket.deadline(PolledSocket.NEVER);
        socket.noDelay();
        if (rest != null && rest.hasRemaining()) {
            if (!(newConnection instanceof Connection.UpgradeTo to)) {
                throw new IllegalStateException("bytes came before the upgrade was complete");
            }
            to.onUpgradeTo(rest);
        }
        newConnection.onOpen();
    }

    @Override
    public void setIdleTimeout(long millis) {
        super.setIdleTimeout(millis);
        var after = upgraded;
        if (after != null) {
            after.rests();
        }
    }

    @Override
    public boolean isOutputShutdown() {
        return sendSide.isShut() || !isOpen();
    }

    @Override
    public boolean isInputShutdown() {
        return receiveSide.isShut() || !isOpen();
    }
}
