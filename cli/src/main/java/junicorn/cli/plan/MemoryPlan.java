package junicorn.cli.plan;

import java.util.Optional;
import junicorn.cli.settings.Units;
import junicorn.control.WorkerSettings;
import junicorn.master.settings.MasterSettings;

/// How many workers, and how much heap for each, so that all of them fit into the machine together.
/// Only arithmetic.
///
/// A JVM alone takes up to a quarter of the memory as heap; nine of them would take it twice over.
/// So three quarters of the memory are divided among the workers, and the rest is for the system,
/// its page cache and the master. A worker needs [#OTHER_BYTES] beside its heap.
///
/// @param heapBytes for each worker; empty where the user's own JVM options decide
/// @param reason why so many workers, for the log
/// @param fits whether the workers leave the system what it needs
public record MemoryPlan(int workers, Optional<Long> heapBytes, String reason, boolean fits) {
    /// Classes, compiled code, stacks and buffers of a worker with an average application.
    static final long OTHER_BYTES = 96L << 20;

    /// Of a stack what is touched, and buffers.
    private static final long THREAD_BYTES = 256L << 10;

    /// Most connections rest and hold no buffer; this is their average.
    private static final long CONNECTION_BYTES = 16L << 10;

    /// A worker nobody asked for by number is started only if it can have so much heap.
    static final long HEAP_WANTED_BYTES = 256L << 20;

    /// Below this a servlet container does not start.
    static final long HEAP_LEAST_BYTES = 32L << 20;

    /// More makes one worker's collections long; who wants it says -Xmx.
    static final long HEAP_MOST_BYTES = 4L << 30;

    /// @param wanted the number of workers, where the user said one
    /// @param origin who said so
    static MemoryPlan of(
            Machine machine,
            Optional<Integer> wanted,
            String origin,
            JavaOptions options,
            WorkerSettings.Capacity capacity) {
        var otherBytes = otherBytes(capacity);
        var share = machine.memoryBytes() / 4 * 3;
        var usual = Math.min(2 * machine.cores() + 1, MasterSettings.WORKERS_MAX);
        var heapWanted = options.heapBytes().orElse(HEAP_WANTED_BYTES);
        var fitting = Math.max(1, share / (heapWanted + otherBytes));
        int workers = wanted.orElse((int) Math.min(usual, fitting));
        var reason =
                wanted.isPresent()
                        ? origin
                        : usual <= fitting
                                ? "2 x cores + 1"
                                : "2 x cores + 1 = %d do not fit".formatted(usual);
        if (options.choosesHeap()) {
            var heap = options.heapBytes().orElse(0L);
            return new MemoryPlan(
                    workers, Optional.empty(), reason, workers * (heap + otherBytes) <= share);
        }
        var heap = share / workers - otherBytes;
        return new MemoryPlan(
                workers,
                Optional.of(Math.clamp(heap >> 20 << 20, HEAP_LEAST_BYTES, HEAP_MOST_BYTES)),
                reason,
                heap >= HEAP_LEAST_BYTES);
    }

    /// What a worker needs beside its heap: more, the more it does at once.
    private static long otherBytes(WorkerSettings.Capacity capacity) {
        var sync = capacity.workerClass().equals("sync");
        return OTHER_BYTES
                + capacity.threads() * THREAD_BYTES
                + (sync ? 0 : capacity.connections() * CONNECTION_BYTES);
    }

    /// One line for the log.
    public String words(Machine machine) {
        return "memory plan workers=%d (%s) heap=%s each, memory=%s cores=%d%s"
                .formatted(
                        workers,
                        reason,
                        heapBytes.map(Units::roughly).orElse("as in --java-opts"),
                        Units.roughly(machine.memoryBytes()),
                        machine.cores(),
                        fits ? "" : "; too much for this memory: give fewer --workers or -Xmx");
    }
}
