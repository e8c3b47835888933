package junicorn.scoreboard;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemoryLayout.PathElement;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.invoke.VarHandle;
import java.util.List;

/// One worker's row of the scoreboard. No field has two processes that write it at the same time,
/// so no field needs a lock; threads of one worker share theirs by atomic adds.
///
/// | offset | bytes | field                  | writer | meaning                            |
/// |-------:|------:|------------------------|--------|------------------------------------|
/// |      0 |     8 | pid                    | master | 0 while the slot is free           |
/// |      8 |     8 | generation             | master | 1 for the first set of workers     |
/// |     16 |     8 | spawnedAtMillis        | master | epoch                              |
/// |     24 |     8 | state                  | worker | a [WorkerState] code               |
/// |     32 |     8 | beats                  | worker | goes up; standing still = stuck    |
/// |     40 |     8 | requests               | worker | finished since the worker started  |
/// |     48 |     8 | busy                   | worker | requests that run now              |
/// |     56 |     8 | requestStartedAtMillis | worker | epoch; the one that began last     |
/// |     64 |     8 | heapUsed               | worker | bytes, garbage included            |
/// |     72 |     8 | heapAfterGc            | worker | bytes, when one ended last; 0 none |
/// |     80 |     8 | heapMax                | worker | bytes that the heap may grow to    |
/// |     88 |   168 | (padding)              |        | the counters share no line         |
/// |    256 |  3840 | cells                  | worker | what runs, see [RunningRequests]   |
///
/// Before it publishes a pid, and after it has reaped that worker, the master resets all of them. A
/// row is a page: workers share no cache line, and rows that nobody uses cost no memory.
public final class Slot {
    static final StructLayout LAYOUT =
            MemoryLayout.structLayout(
                    JAVA_LONG.withName("pid"),
                    JAVA_LONG.withName("generation"),
                    JAVA_LONG.withName("spawnedAtMillis"),
                    JAVA_LONG.withName("state"),
                    JAVA_LONG.withName("beats"),
                    JAVA_LONG.withName("requests"),
                    JAVA_LONG.withName("busy"),
                    JAVA_LONG.withName("requestStartedAtMillis"),
                    JAVA_LONG.withName("heapUsed"),
                    JAVA_LONG.withName("heapAfterGc"),
                    JAVA_LONG.withName("heapMax"),
                    MemoryLayout.paddingLayout(168),
                    MemoryLayout.sequenceLayout(RunningRequests.BYTES, JAVA_BYTE)
                            .withName("cells"));

    private static final VarHandle PID = field("pid");
    private static final VarHandle GENERATION = field("generation");
    private static final VarHandle SPAWNED_AT = field("spawnedAtMillis");
    private static final VarHandle STATE = field("state");
    private static final VarHandle BEATS = field("beats");
    private static final VarHandle REQUESTS = field("requests");
    private static final VarHandle BUSY = field("busy");
    private static final VarHandle REQUEST_STARTED_AT = field("requestStartedAtMillis");

    private static final VarHandle HEAP_USED = field("heapUsed");
    private static final VarHandle HEAP_AFTER_GC = field("heapAfterGc");
    private static final VarHandle HEAP_MAX = field("heapMax");

    private final MemorySegment row;

    Slot(MemorySegment row) {
        this.row = row;
    }

    /// Master: a worker was spawned here. It starts to write only after it has got its settings,
    /// which the master sends after this. The pid goes last: it publishes the fields before it.
    public void occupy(long pid, long generation, long spawnedAtMillis) {
        clear();
        GENERATION.setOpaque(row, 0L, generation);
        SPAWNED_AT.setOpaque(row, 0L, spawnedAtMillis);
        STATE.setOpaque(row, 0L, WorkerState.STARTING.code());
        PID.setRelease(row, 0L, pid);
    }

    /// Master: the worker was reaped.
    public void vacate() {
        PID.setRelease(row, 0L, 0L);
        clear();
    }

    /// Worker: says what it is doing.
    public void state(WorkerState state) {
        if (state == WorkerState.UNKNOWN) {
            throw new IllegalArgumentException("UNKNOWN is for readers only");
        }
        STATE.setRelease(row, 0L, state.code());
    }

    /// Worker: shows life. To be called by the thread whose standstill matters; publishes what that
    /// thread wrote before.
    public void beat() {
        addRelease(BEATS, 1L);
    }

    /// Worker, any thread: a request starts to run.
    public void requestBegan(long epochMillis) {
        REQUEST_STARTED_AT.setOpaque(row, 0L, epochMillis);
        addRelease(BUSY, 1L);
    }

    /// Worker, any thread: a request is finished, whatever its end.
    public void requestEnded() {
        addRelease(REQUESTS, 1L);
        addRelease(BUSY, -1L);
    }

    /// Worker: what it shows of each request that runs. One such object in a worker.
    public RunningRequests runningRequests() {
        return new RunningRequests(cells());
    }

    /// Worker: how full its heap is.
    public void heap(Heap heap) {
        HEAP_USED.setOpaque(row, 0L, heap.used());
        HEAP_AFTER_GC.setOpaque(row, 0L, heap.afterGc());
        HEAP_MAX.setOpaque(row, 0L, heap.max());
    }

    /// Anyone: as the worker said last; all zero before that.
    public Heap heap() {
        return new Heap(
                (long) HEAP_USED.getOpaque(row, 0L),
                (long) HEAP_AFTER_GC.getOpaque(row, 0L),
                (long) HEAP_MAX.getOpaque(row, 0L));
    }

    /// Anyone: the requests that run, the oldest first, as far as there is room for them.
    public List<RunningRequests.Running> running() {
        return RunningRequests.read(cells());
    }

    private MemorySegment cells() {
        return row.asSlice(LAYOUT.byteOffset(PathElement.groupElement("cells")));
    }

    /// Anyone: a copy. Beats come first, so the rest is at least as new as they are; the fields are
    /// not of one instant, so a sum over them may be off by what happens meanwhile.
    public View view() {
        var beats = (long) BEATS.getAcquire(row, 0L);
        var busy = (long) BUSY.getAcquire(row, 0L);
        return new View(
                (long) PID.getAcquire(row, 0L),
                (long) GENERATION.getOpaque(row, 0L),
                (long) SPAWNED_AT.getOpaque(row, 0L),
                WorkerState.of((long) STATE.getAcquire(row, 0L)),
                beats,
                (long) REQUESTS.getOpaque(row, 0L),
                Math.clamp(busy, 0, Integer.MAX_VALUE),
                (long) REQUEST_STARTED_AT.getOpaque(row, 0L));
    }

    private void clear() {
        STATE.setOpaque(row, 0L, WorkerState.FREE.code());
        GENERATION.setOpaque(row, 0L, 0L);
        SPAWNED_AT.setOpaque(row, 0L, 0L);
        REQUESTS.setOpaque(row, 0L, 0L);
        BUSY.setOpaque(row, 0L, 0L);
        REQUEST_STARTED_AT.setOpaque(row, 0L, 0L);
        heap(Heap.UNKNOWN);
        RunningRequests.clear(cells());
        BEATS.setRelease(row, 0L, 0L);
    }

    private void addRelease(VarHandle field, long delta) {
        var _ = (long) field.getAndAddRelease(row, 0L, delta);
    }

    private static VarHandle field(String name) {
        return LAYOUT.varHandle(PathElement.groupElement(name)).withInvokeExactBehavior();
    }

    /// In bytes.
    ///
    /// @param used with what the next collection will find to be garbage
    /// @param afterGc what was left by the last collection; 0 if there was none
    /// @param max what it may grow to; 0 if the worker has not said yet
    public record Heap(long used, long afterGc, long max) {
        public static final Heap UNKNOWN = new Heap(0, 0, 0);
    }

    /// What a slot said at one moment.
    ///
    /// @param busy requests that run now
    /// @param requestStartedAtMillis epoch, of the request that began last; it has ended when
    ///     `busy` is 0, and is 0 when there was none yet
    public record View(
            long pid,
            long generation,
            long spawnedAtMillis,
            WorkerState state,
            long beats,
            long requests,
            int busy,
            long requestStartedAtMillis) {}
}
