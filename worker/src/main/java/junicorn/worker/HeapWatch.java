package junicorn.worker;

import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.util.List;

/// Watches what is left of the heap after a collection: what is more than that is garbage and says
/// nothing.
final class HeapWatch {
    private static final long LOOK_NANOS = 1_000_000_000;

    private final long bytesMax;
    private final Ending ending;
    private final List<MemoryPoolMXBean> pools =
            ManagementFactory.getMemoryPoolMXBeans().stream()
                    .filter(pool -> pool.getType() == MemoryType.HEAP)
                    .toList();
    private long lookAt = System.nanoTime();
    private boolean said;

    HeapWatch(long bytesMax, Ending ending) {
        this.bytesMax = bytesMax;
        this.ending = ending;
    }

    /// @param now [System#nanoTime()]
    void sweep(long now) {
        if (said || now - lookAt < 0) {
            return;
        }
        lookAt = now + LOOK_NANOS;
        long used = bytesAfterCollection();
        if (used > bytesMax) {
            said = true;
            ending.recycle(
                    "%dm of heap in use after a collection, limit %dm"
                            .formatted(used >> 20, bytesMax >> 20));
        }
    }

    /// Of each pool when it was collected last.
    private long bytesAfterCollection() {
        long bytes = 0;
        for (var pool : pools) {
            var usage = pool.getCollectionUsage();
            bytes += usage == null ? 0 : usage.getUsed();
        }
        return bytes;
    }
}
