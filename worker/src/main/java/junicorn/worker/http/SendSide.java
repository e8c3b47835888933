package junicorn.worker.http;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritePendingException;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import junicorn.worker.poll.IoBuffer;
import junicorn.worker.poll.PolledSocket;
import org.eclipse.jetty.io.EofException;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.Invocable.InvocationType;
import org.jspecify.annotations.Nullable;

/// The sending side of a [SocketEndPoint]: one write at a time, what the kernel does not take waits
/// for room beside the request threads ([PolledSocket#armAside]): any number of slow clients cost
/// no thread, and whoever is blocked until one of them moves is sure to hear of it.
final class SendSide {
    private final PolledSocket socket;
    private final AtomicReference<@Nullable Pending> pending = new AtomicReference<>();
    private final Executor executor;
    private final long timeoutNanos;
    private volatile boolean shut;

    private static final class Pending {
        final Callback callback;
        final ByteBuffer[] buffers;

        Pending(Callback callback, ByteBuffer[] buffers) {
            this.callback = callback;
            this.buffers = buffers;
        }
    }

    /// @param timeout how long the client may take nothing; zero for ever
    SendSide(PolledSocket socket, Executor executor, Duration timeout) {
        this.socket = socket;
        this.executor = executor;
        timeoutNanos = timeout.toNanos();
    }

    /// Sends what the kernel takes now and moves the positions; true if that was everything. Small
    /// parts leave in one call, copied together; large ones in pieces of 64 KiB.
    boolean flush(ByteBuffer... buffers) throws IOException {
        var scratch = socket.poll().buffers().take();
        try {
            while (true) {
                int length = gather(buffers, scratch);
                if (length == 0) {
                    return true;
                }
                int sent = shut ? -1 : socket.send(scratch, length);
                if (sent < 0) {
                    throw new EofException("the client is gone");
                }
                consume(buffers, sent);
                if (sent < length) {
                    return false;
                }
            }
        } finally {
            socket.poll().buffers().give(scratch);
        }
    }

    private static int gather(ByteBuffer[] buffers, IoBuffer scratch) {
        int length = 0;
        for (var buffer : buffers) {
            if (length < IoBuffer.CAPACITY && buffer.hasRemaining()) {
                length += scratch.copyFrom(buffer, length);
            }
        }
        return length;
    }

    private static void consume(ByteBuffer[] buffers, int count) {
        int left = count;
        for (var buffer : buffers) {
            int here = Math.min(left, buffer.remaining());
            buffer.position(buffer.position() + here);
            left -= here;
        }
    }

    /// Sends all of it, in time, and then tells the callback.
    void write(Callback callback, ByteBuffer... buffers) {
        var write = new Pending(callback, buffers);
        if (!pending.compareAndSet(null, write)) {
            throw new WritePendingException();
        }
        proceed(write, false);
    }

    /// There is room, says a thread that must not be held up.
    void ready() {
        var write = pending.get();
        if (write != null) {
            proceed(write, true);
        }
    }

    private void proceed(Pending write, boolean hurry) {
        Throwable failure = null;
        try {
            if (!flush(write)) {
                long now = System.nanoTime();
                long deadline = timeoutNanos > 0 ? now + timeoutNanos : PolledSocket.NEVER;
                if (!socket.armAside(PolledSocket.WRITE, deadline)) {
                    throw new EofException("closed");
                }
                return;
            }
        } catch (Throwable e) { // whatever it is, somebody waits to be told
            failure = e;
        }
        if (pending.compareAndSet(write, null)) {
            tell(write.callback, failure, hurry);
        }
    }

    /// One that was given up does not touch its buffers any more: they may be another's.
    private boolean flush(Pending write) throws IOException {
        synchronized (write) {
            return pending.get() != write || flush(write.buffers);
        }
    }

    private void tell(Callback callback, @Nullable Throwable failure, boolean hurry) {
        Runnable task = failure == null ? callback::succeeded : () -> callback.failed(failure);
        if (hurry && callback.getInvocationType() != InvocationType.NON_BLOCKING) {
            try {
                executor.execute(task);
            } catch (RejectedExecutionException e) { // the worker stops: late is better than never
                task.run();
            }
        } else {
            task.run();
        }
    }

    boolean isPending() {
        return pending.get() != null;
    }

    /// Gives a write up; its callback, which has not been told.
    @Nullable Callback cancel() {
        var write = pending.getAndSet(null);
        if (write == null) {
            return null;
        }
        synchronized (write) { // a thread may be sending it
            return write.callback;
        }
    }

    void shutdown() {
        shut = true;
        socket.shutdownOutput();
    }

    boolean isShut() {
        return shut;
    }
}
