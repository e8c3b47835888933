package junicorn.scoreboard;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Objects;
import junicorn.os.SharedMemory;

/// The table in shared memory with one [Slot] a worker. Advisory: without it requests are still
/// served, and what a reader finds in it is never a reason to fail.
///
/// | offset | bytes | field    | meaning                                                  |
/// |-------:|------:|----------|----------------------------------------------------------|
/// |      0 |     8 | magic    | "JUNICORN" in ASCII, the J in the highest byte           |
/// |      8 |     4 | version  | of this table and of the rows; readers know exactly one  |
/// |     12 |     4 | slots    | number of rows                                           |
/// |     16 |     4 | rowBytes | from one row to the next                                 |
/// |     20 |  4076 | (padding)| the header fills a page, as a row does                   |
/// |   4096 |       | rows     | see [Slot]                                               |
///
/// Numbers are in the byte order of the machine, which all its processes share.
public final class Scoreboard implements AutoCloseable {
    /// The name of the memfd: `/proc/PID/fd` shows it as `/memfd:junicorn-scoreboard (deleted)`.
    public static final String NAME = "junicorn-scoreboard";

    /// More would be a mistake in a setting rather than a wish.
    public static final int SLOTS_MAX = 4096;

    static final long MAGIC = 0x4a55_4e49_434f_524eL;
    static final int VERSION = 2;
    static final long HEADER_BYTES = 4096;
    static final long ROW_BYTES = Slot.LAYOUT.byteSize();

    private final MemorySegment table;
    private final int slots;
    private final int fd;
    private final Runnable release;

    private Scoreboard(MemorySegment table, int fd, Runnable release) {
        this.table = table;
        this.slots = check(table);
        this.fd = fd;
        this.release = release;
    }

    /// Master: a new table, all slots free.
    public static Scoreboard create(int slots) {
        if (slots < 1 || slots > SLOTS_MAX) {
            throw new IllegalArgumentException(
                    "slots must be between 1 and " + SLOTS_MAX + ", was " + slots);
        }
        var memory = SharedMemory.create(NAME, HEADER_BYTES + slots * ROW_BYTES);
        format(memory.segment(), slots);
        return new Scoreboard(memory.segment(), memory.fd(), memory::close);
    }

    /// Worker: the table behind an inherited fd.
    ///
    /// @throws IllegalArgumentException if it is no scoreboard, or one of another version
    public static Scoreboard map(int fd) {
        var memory = SharedMemory.map(fd, SharedMemory.sizeOf(fd));
        try {
            return new Scoreboard(memory.segment(), fd, memory::close);
        } catch (IllegalArgumentException notOurs) {
            memory.close();
            throw notOurs;
        }
    }

    /// A stranger: the table of another process, by `/proc/PID/fd/N`, for reading only. The memory
    /// stays mapped as long as the result is reachable.
    ///
    /// @throws IllegalArgumentException if it is no scoreboard, or one of another version
    public static Scoreboard read(Path file) throws IOException {
        try (var channel = FileChannel.open(file, StandardOpenOption.READ)) {
            var table = channel.map(MapMode.READ_ONLY, 0, channel.size(), Arena.ofAuto());
            return new Scoreboard(table, -1, () -> {});
        }
    }

    static Scoreboard over(MemorySegment table) {
        return new Scoreboard(table, -1, () -> {});
    }

    static void format(MemorySegment table, int slots) {
        table.set(JAVA_INT, 8, VERSION);
        table.set(JAVA_INT, 12, slots);
        table.set(JAVA_INT, 16, (int) ROW_BYTES);
        table.set(JAVA_LONG, 0, MAGIC);
    }

    public int slots() {
        return slots;
    }

    public Slot slot(int index) {
        Objects.checkIndex(index, slots);
        return new Slot(table.asSlice(HEADER_BYTES + index * ROW_BYTES, ROW_BYTES));
    }

    /// The memfd, to be handed to workers; -1 if the table was opened by [#read].
    public int fd() {
        return fd;
    }

    /// Unmaps the table, in this process only; its slots must not be used after that.
    @Override
    public void close() {
        release.run();
    }

    private static int check(MemorySegment table) {
        if (table.byteSize() < HEADER_BYTES || table.get(JAVA_LONG, 0) != MAGIC) {
            throw new IllegalArgumentException("not a scoreboard: its first 8 bytes are others");
        }
        var version = table.get(JAVA_INT, 8);
        var slots = table.get(JAVA_INT, 12);
        var rowBytes = table.get(JAVA_INT, 16);
        if (version != VERSION || rowBytes != ROW_BYTES) {
            throw new IllegalArgumentException(
                    "a scoreboard of version " + version + ", this program knows " + VERSION);
        }
        if (slots < 1 || slots > (table.byteSize() - HEADER_BYTES) / ROW_BYTES) {
            throw new IllegalArgumentException("a scoreboard cut short: " + slots + " slots");
        }
        return slots;
    }
}
