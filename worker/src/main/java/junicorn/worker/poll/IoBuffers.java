package junicorn.worker.poll;

import java.util.ArrayDeque;

/// The worker's spare [IoBuffer]s: whoever has bytes in hand takes one and gives it back, so that
/// an idle connection holds none. Keeps at most [#SPARES_MAX]; what a burst needed beyond them goes
/// to the garbage collector.
public final class IoBuffers {
    private static final int SPARES_MAX = 64;

    private final ArrayDeque<IoBuffer> spares = new ArrayDeque<>(SPARES_MAX);

    /// An empty buffer.
    public IoBuffer take() {
        synchronized (spares) {
            var spare = spares.pollLast();
            if (spare != null) {
                return spare;
            }
        }
        return new IoBuffer();
    }

    /// Buffers that nobody has now.
    public int spares() {
        synchronized (spares) {
            return spares.size();
        }
    }

    /// Takes a buffer back. The giver must not touch it again.
    public void give(IoBuffer buffer) {
        buffer.bytes().position(0).limit(0);
        synchronized (spares) {
            if (spares.size() < SPARES_MAX) {
                spares.addLast(buffer);
            }
        }
    }
}
