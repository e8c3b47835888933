package junicorn.scoreboard;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.VarHandle;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/// Which requests a worker runs now: so that the master can tell what a worker was doing when it
/// died, even if it died by `kill -9`. There are a few cells; what finds none free is not shown.
///
/// | offset | bytes | field           | meaning                                              |
/// |-------:|------:|-----------------|------------------------------------------------------|
/// |      0 |     8 | startedAtMillis | epoch; 0 while the cell is free                      |
/// |      8 |     4 | sequence        | another for each request: a reader sees that it lost |
/// |     12 |     4 | length          | of the text                                          |
/// |     16 |   240 | text            | the request line in ISO 8859-1, cut if it is longer  |
public final class RunningRequests {
    /// What [#begin] says when all cells are taken.
    public static final int NONE = -1;

    static final int CELLS = 15;
    static final int CELL_BYTES = 256;
    static final int BYTES = CELLS * CELL_BYTES;

    private static final int ALL = (1 << CELLS) - 1;
    private static final int SEQUENCE = 8;
    private static final int LENGTH = 12;
    private static final int TEXT = 16;
    private static final int TEXT_MAX = CELL_BYTES - TEXT - 1; // setString writes a NUL
    private static final VarHandle STARTED_AT =
            ValueLayout.JAVA_LONG.varHandle().withInvokeExactBehavior();

    private final MemorySegment cells;

    /// A bit for each cell.
    private final AtomicInteger taken = new AtomicInteger();

    /// @param line the request line, maybe cut
    public record Running(String line, long startedAtMillis) {}

    RunningRequests(MemorySegment cells) {
        this.cells = cells;
    }

    /// Worker, any thread: a request begins to run. The time goes last: it publishes the text.
    ///
    /// @return for [#end]
    public int begin(long epochMillis, String method, String target, String version) {
        int number = take();
        if (number != NONE) {
            var cell = cell(cells, number);
            cell.set(JAVA_INT, SEQUENCE, cell.get(JAVA_INT, SEQUENCE) + 1);
            VarHandle.releaseFence();
            int end = put(cell, TEXT, method, " ");
            end = put(cell, end, target, " ");
            end = put(cell, end, version, "");
            cell.set(JAVA_INT, LENGTH, end - TEXT);
            STARTED_AT.setRelease(cell, 0L, epochMillis);
        }
        return number;
    }

    /// Worker, any thread: it is over, whatever its end.
    public void end(int number) {
        if (number != NONE) {
            STARTED_AT.setRelease(cell(cells, number), 0L, 0L);
            taken.getAndUpdate(bits -> bits & ~(1 << number));
        }
    }

    private int take() {
        int bits = taken.get();
        while (bits != ALL) {
            int free = Integer.numberOfTrailingZeros(~bits);
            int seen = taken.compareAndExchange(bits, bits | 1 << free);
            if (seen == bits) {
                return free;
            }
            bits = seen;
        }
        return NONE;
    }

    private static int put(MemorySegment cell, int at, String text, String after) {
        int end = put(cell, at, text);
        return after.isEmpty() ? end : put(cell, end, after);
    }

    private static int put(MemorySegment cell, int at, String text) {
        int room = TEXT + TEXT_MAX - at;
        var fitting = text.length() <= room ? text : text.substring(0, room);
        cell.setString(at, fitting, ISO_8859_1);
        return at + fitting.length();
    }

    static List<Running> read(MemorySegment cells) {
        var running = new ArrayList<Running>();
        for (int i = 0; i < CELLS; i++) {
            var cell = cell(cells, i);
            long startedAt = (long) STARTED_AT.getAcquire(cell, 0L);
            int sequence = cell.get(JAVA_INT, SEQUENCE);
            if (startedAt != 0) {
                var text = text(cell);
                VarHandle.acquireFence();
                if (sequence == cell.get(JAVA_INT, SEQUENCE)) {
                    running.add(new Running(text, startedAt));
                }
            }
        }
        running.sort(Comparator.comparingLong(Running::startedAtMillis));
        return running;
    }

    private static String text(MemorySegment cell) {
        int length = Math.clamp(cell.get(JAVA_INT, LENGTH), 0, TEXT_MAX);
        return new String(cell.asSlice(TEXT, length).toArray(ValueLayout.JAVA_BYTE), ISO_8859_1);
    }

    static void clear(MemorySegment cells) {
        for (int i = 0; i < CELLS; i++) {
            cell(cells, i).set(JAVA_LONG, 0, 0L);
        }
    }

    private static MemorySegment cell(MemorySegment cells, int number) {
        return cells.asSlice((long) number * CELL_BYTES, CELL_BYTES);
    }
}
