package junicorn.worker;

import com.sun.management.GarbageCollectorMXBean;
import com.sun.management.GcInfo;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import junicorn.scoreboard.Slot;

/// Shows on the scoreboard how full the heap is, so that it is known when the worker is dead.
final class HeapGauge {
    private static final long EVERY_NANOS = Duration.ofSeconds(1).toNanos();

    private final Slot slot;
    private final Set<String> pools;
    private final List<GarbageCollectorMXBean> collectors;
    private long shownAt = System.nanoTime() - EVERY_NANOS;
    private long collections = -1;
    private long afterGc;

    HeapGauge(Slot slot) {
        this.slot = slot;
        pools =
                ManagementFactory.getMemoryPoolMXBeans().stream()
                        .filter(pool -> pool.getType() == MemoryType.HEAP)
                        .map(MemoryPoolMXBean::getName)
                        .collect(Collectors.toSet());
        collectors = ManagementFactory.getPlatformMXBeans(GarbageCollectorMXBean.class);
    }

    /// Once a second, however often it is called.
    void show() {
        long now = System.nanoTime();
        if (now - shownAt >= EVERY_NANOS) {
            shownAt = now;
            slot.heap(read());
        }
    }

    private Slot.Heap read() {
        var runtime = Runtime.getRuntime();
        long used = runtime.totalMemory() - runtime.freeMemory();
        return new Slot.Heap(used, afterGc(), runtime.maxMemory());
    }

    /// Asked only when there was a collection since: the answer is a table of all pools.
    private long afterGc() {
        long count =
                collectors.stream().mapToLong(GarbageCollectorMXBean::getCollectionCount).sum();
        if (count != collections) {
            collections = count;
            last().ifPresent(info -> afterGc = left(info));
        }
        return afterGc;
    }

    private Optional<GcInfo> last() {
        return collectors.stream()
                .map(GarbageCollectorMXBean::getLastGcInfo)
                .filter(Objects::nonNull)
                .max(Comparator.comparingLong(GcInfo::getEndTime));
    }

    private long left(GcInfo info) {
        return info.getMemoryUsageAfterGc().entrySet().stream()
                .filter(entry -> pools.contains(entry.getKey()))
                .mapToLong(entry -> entry.getValue().getUsed())
                .sum();
    }
}
