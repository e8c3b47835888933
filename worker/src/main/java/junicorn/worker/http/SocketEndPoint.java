package junicorn.worker.http;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadPendingException;
import java.time.Duration;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import junicorn.worker.poll.IoBuffer;
import junicorn.worker.poll.PolledSocket;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EofException;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/// Jetty's view of a [PolledSocket]: what its connections (ours, and those that an upgrade brings)
/// read from and write to. Lives as long as the socket, so a reference that somebody kept too long
/// meets a closed end point, never a stranger's.
final class SocketEndPoint extends SocketFacts implements PolledSocket.Owner {
    private final AtomicReference<@Nullable Callback> fillInterest = new AtomicReference<>();
    private final SendSide sendSide;
    private volatile boolean inputShutdown;
    private volatile boolean left;
    private volatile boolean upgraded;

    SocketEndPoint(PolledSocket socket) {
        super(socket);
        sendSide = new SendSide(socket);
    }

    // ---- bytes in

    /// Fills an empty buffer. Bytes, 0 if there are none now, -1 at the end of input.
    int fill(IoBuffer into) {
        return noted(inputShutdown ? -1 : socket.receive(into));
    }

    private int noted(int received) {
        inputShutdown |= received < 0;
        return received;
    }

    @Override
    public int fill(ByteBuffer buffer) {
        int position = BufferUtil.flipToFill(buffer);
        try {
            return noted(inputShutdown ? -1 : socket.receive(buffer));
        } finally {
            BufferUtil.flipToFlush(buffer, position);
        }
    }

    @Override
    public void fillInterested(Callback callback) {
        if (!tryFillInterested(callback)) {
            throw new ReadPendingException();
        }
    }

    @Override
    public boolean tryFillInterested(Callback callback) {
        if (!fillInterest.compareAndSet(null, callback)) {
            return false;
        }
        if (idleTimeoutMillis > 0) {
            socket.deadline(System.nanoTime() + idleTimeoutMillis * 1_000_000);
        }
        if (!socket.arm(PolledSocket.READ) && fillInterest.compareAndSet(callback, null)) {
            callback.failed(new EofException("closed"));
        }
        if (upgraded && socket.poll().draining() && takeInterest()) {
            callback.failed(new EofException("the worker drains"));
        }
        return true;
    }

    @Override
    public boolean isFillInterested() {
        return fillInterest.get() != null;
    }

    /// Waits here for bytes; for a thread that may block.
    boolean awaitReadable(Duration atMost) {
        return socket.await(PolledSocket.READ, atMost);
    }

    // ---- bytes out

    @Override
    public boolean flush(ByteBuffer... buffers) throws IOException {
        return sendSide.flush(buffers);
    }

    /// Gives up a write of which the client takes nothing for so long.
    void writeTimeout(Duration atMost) {
        sendSide.timeout(atMost);
    }

    @Override
    public void write(Callback callback, ByteBuffer... buffers) {
        sendSide.write(callback, buffers);
    }

    @Override
    public @Nullable Callback cancelWrite(@Nullable Throwable cause) {
        return sendSide.cancel();
    }

    /// Waits here for room; for a thread that may block.
    boolean awaitWritable(Duration atMost) {
        return socket.await(PolledSocket.WRITE, atMost);
    }

    // ---- what the poll says

    @Override
    public void ready(int interest) {
        boolean blocks = upgraded || (interest & PolledSocket.WRITE) != 0; // who is told may
        if (!blocks || !socket.poll().handOver(() -> serve(interest))) {
            serve(interest);
        }
    }

    private void serve(int interest) {
        if ((interest & PolledSocket.WRITE) != 0) {
            sendSide.ready();
        }
        if ((interest & PolledSocket.READ) != 0) {
            var callback = fillInterest.getAndSet(null);
            if (callback != null) {
                callback.succeeded();
            }
        }
    }

    @Override
    public void expired() {
        var timeout = new TimeoutException("nothing came in time");
        var current = connection;
        if (current == null || current.onIdleExpired(timeout)) {
            failPending(timeout);
            close(timeout);
        }
    }

    @Override
    public void draining() {
        var current = connection;
        if (current instanceof Http1Connection ours) {
            ours.drain();
        } else if (current != null) {
            current.close();
        }
    }

    /// Takes back the interest in reading, unless an event has taken it: whoever has it owns what
    /// it was for.
    boolean takeInterest() {
        return fillInterest.getAndSet(null) != null;
    }

    /// Puts the socket back as it was before a drain took it.
    void rearm() {
        int interest =
                (fillInterest.get() == null ? 0 : PolledSocket.READ)
                        | (sendSide.isPending() ? PolledSocket.WRITE : 0);
        if (interest != 0) {
            socket.arm(interest);
        }
    }

    private void failPending(@Nullable Throwable cause) {
        fail(fillInterest.getAndSet(null), cause);
        fail(sendSide.cancel(), cause);
    }

    /// Nearly always nothing is pending, and an exception costs more than many an answer.
    private static void fail(@Nullable Callback pending, @Nullable Throwable cause) {
        if (pending != null) {
            pending.failed(cause == null ? new EofException("closed") : cause);
        }
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
        upgraded = true;
        sendSide.timeout(Duration.ZERO);
        socket.deadline(PolledSocket.NEVER);
        socket.noDelay();
        if (newConnection instanceof Connection.UpgradeTo to) {
            to.onUpgradeTo(rest == null ? BufferUtil.EMPTY_BUFFER : rest);
        } else if (rest != null && rest.hasRemaining()) {
            throw new IllegalStateException("bytes came before the upgrade was complete");
        }
        newConnection.onOpen();
    }

    @Override
    public boolean isOutputShutdown() {
        return sendSide.isShut() || !isOpen();
    }

    @Override
    public boolean isInputShutdown() {
        return inputShutdown || !isOpen();
    }

    @Override
    public String toString() {
        return "end point of " + socket;
    }
}
