package junicorn.worker.poll;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The worker's open connections by fd number: small numbers, dense and reused at once, so an array
/// finds them. Grows by blocks that never move, so a reader needs no lock.
final class SocketTable {
    private static final int BLOCK = 1024;

    /// 2^20, the kernel's own default ceiling (fs.nr_open).
    private static final int BLOCKS_MAX = 1024;

    private final AtomicReferenceArray<@Nullable AtomicReferenceArray<@Nullable PolledSocket>>
            blocks = new AtomicReferenceArray<>(BLOCKS_MAX);
    private final AtomicInteger open = new AtomicInteger();

    void put(int fd, PolledSocket socket) {
        var block = blocks.get(fd / BLOCK);
        if (block == null) {
            blocks.compareAndSet(fd / BLOCK, null, new AtomicReferenceArray<>(BLOCK));
            put(fd, socket);
            return;
        }
        block.set(fd % BLOCK, socket);
        open.incrementAndGet();
    }

    @Nullable PolledSocket get(int fd) {
        var block = blocks.get(fd / BLOCK);
        return block == null ? null : block.get(fd % BLOCK);
    }

    /// Forgets a connection; returns how many are left.
    int remove(int fd) {
        var block = blocks.get(fd / BLOCK);
        if (block != null) {
            block.set(fd % BLOCK, null);
        }
        return open.decrementAndGet();
    }

    /// Connections that are open now.
    int size() {
        return open.get();
    }

    void forEach(Consumer<PolledSocket> action) {
        for (int b = 0; b < BLOCKS_MAX; b++) {
            var block = blocks.get(b);
            if (block == null) {
                continue;
            }
            for (int i = 0; i < BLOCK; i++) {
                var socket = block.get(i);
                if (socket != null) {
                    action.accept(socket);
                }
            }
        }
    }
}
