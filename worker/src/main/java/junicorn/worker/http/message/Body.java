package junicorn.worker.http.message;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.concurrent.atomic.AtomicLong;
import org.eclipse.jetty.io.Content;
import org.jspecify.annotations.Nullable;

/// The bytes of a request's body that were received and not yet read by the application. They are
/// copied out of the receive buffer, so that a slow client holds what it sent and no more. Grows
/// with what comes, never with what was announced.
public final class Body {
    private static final int BLOCK_MIN = 2 * 1024;
    private static final int BLOCK_MAX = 64 * 1024;

    private final ArrayDeque<ByteBuffer> full = new ArrayDeque<>();
    private @Nullable ByteBuffer filling;
    private long received;
    private final AtomicLong room = new AtomicLong();

    /// Takes over the content of `source`.
    void append(ByteBuffer source) {
        received += source.remaining();
        while (source.hasRemaining()) {
            var block = roomFor(source.remaining());
            int length = Math.min(block.remaining(), source.remaining());
            block.put(block.position(), source, source.position(), length);
            block.position(block.position() + length);
            source.position(source.position() + length);
        }
    }

    private ByteBuffer roomFor(int length) {
        var block = filling;
        if (block != null && block.hasRemaining()) {
            return block;
        }
        int size =
                block == null
                        ? Math.max(length, BLOCK_MIN)
                        : Math.max(length, 2 * block.capacity());
        if (block != null) {
            full.addLast(block.flip());
        }
        filling = ByteBuffer.allocate(Math.min(size, BLOCK_MAX));
        return filling;
    }

    /// The next piece in order, or nothing if all that came was taken.
    public Content.@Nullable Chunk poll() {
        var block = full.pollFirst();
        if (block == null && filling != null) {
            block = filling.flip();
            filling = null;
        }
        return block == null || !block.hasRemaining() ? null : Content.Chunk.from(block, false);
    }

    /// True if all that came was taken.
    public boolean isEmpty() {
        return full.isEmpty() && (filling == null || filling.position() == 0);
    }

    /// Bytes since the request began, those already taken included.
    public long received() {
        return received;
    }

    /// Bytes of the `BodyBudget` that are this body's; whoever gives them back takes them from
    /// here.
    public AtomicLong room() {
        return room;
    }

    void clear() {
        full.clear();
        filling = null;
        received = 0;
    }
}
