package junicorn.worker.http;

import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicReference;
import junicorn.worker.poll.IoBuffer;
import junicorn.worker.poll.PolledSocket;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/// The receiving side of a [SocketEndPoint]: what has come, until the end of input.
final class ReceiveSide {
    private final PolledSocket socket;
    private final AtomicReference<@Nullable Callback> interest = new AtomicReference<>();
    private volatile boolean shut;

    ReceiveSide(PolledSocket socket) {
        this.socket = socket;
    }

    /// Fills an empty buffer. Bytes, 0 if there are none now, -1 at the end of input.
    int fill(IoBuffer into) {
        return noted(shut ? -1 : socket.receive(into));
    }

    /// Adds to a buffer in flush mode, as Jetty's are.
    int fill(ByteBuffer buffer) {
        int position = BufferUtil.flipToFill(buffer);
        try {
            return noted(shut ? -1 : socket.receive(buffer));
        } finally {
            BufferUtil.flipToFlush(buffer, position);
        }
    }

    private int noted(int received) {
        if (received < 0) {
            shut = true;
        }
        return received;
    }

    /// Who is to be told of bytes; nobody else may be waiting.
    boolean interested(Callback callback) {
        return interest.compareAndSet(null, callback);
    }

    boolean hasInterest() {
        return interest.get() != null;
    }

    /// Takes back the interest in reading, unless an event has taken it: whoever has it owns what
    /// it was for.
    @Nullable Callback takeInterest() {
        return interest.getAndSet(null);
    }

    /// The same for a certain interest only.
    boolean takeInterest(Callback callback) {
        return interest.compareAndSet(callback, null);
    }

    /// True if the end of input was seen.
    boolean isShut() {
        return shut;
    }
}
