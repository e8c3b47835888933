package junicorn.os;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/// Memory that several processes map: a file without a name in any directory, handed on as a
/// descriptor. See memfd_create(2) and mmap(2). It is zero at first, and its size is sealed.
public final class SharedMemory implements AutoCloseable {
    private static final int MFD_CLOEXEC = 1; // <linux/memfd.h>
    private static final int MFD_ALLOW_SEALING = 2;
    private static final int F_SEAL_SEAL = 1; // <linux/fcntl.h>
    private static final int F_SEAL_SHRINK = 2;
    private static final int F_SEAL_GROW = 4;
    private static final int PROT_READ_WRITE = 1 | 2; // <asm-generic/mman-common.h>
    private static final int MAP_SHARED = 1; // <linux/mman.h>
    private static final int SEEK_END = 2; // <linux/fs.h>

    private final int fd;
    private final boolean owner;
    private final Arena arena;
    private final MemorySegment segment;

    private SharedMemory(int fd, boolean owner, Arena arena, MemorySegment segment) {
        this.fd = fd;
        this.owner = owner;
        this.arena = arena;
        this.segment = segment;
    }

    /// New memory of `bytes` zeros; `name` is what `/proc/PID/fd` shows of it: `/memfd:name`. Its
    /// descriptor is closed on exec and by [#close].
    public static SharedMemory create(String name, long bytes) {
        requirePositive(bytes);
        try (var arena = Arena.ofConfined()) {
            var errno = Errno.in(arena);
            int fd =
                    MemoryCalls.memfdCreate(
                            errno, CString.in(arena, name), MFD_CLOEXEC | MFD_ALLOW_SEALING);
            PosixException.check(fd, "memfd_create", name);
            try {
                PosixException.check(
                        MemoryCalls.ftruncate(errno, fd, bytes), "ftruncate", fd, bytes);
                // nobody can cut it under a reader, who would be killed by SIGBUS
                int seals = F_SEAL_SEAL | F_SEAL_SHRINK | F_SEAL_GROW;
                PosixException.check(
                        DescriptorCalls.fcntl(errno, fd, DescriptorFlags.F_ADD_SEALS, seals),
                        "fcntl",
                        fd,
                        "F_ADD_SEALS");
                return map(fd, bytes, true);
            } catch (RuntimeException failed) {
                Sockets.close(fd);
                throw failed;
            }
        }
    }

    /// Maps the first `bytes` of another's memory; `fd` stays the caller's to close. At least that
    /// much must be there: a read beyond the end of a file is a crash, SIGBUS.
    public static SharedMemory map(int fd, long bytes) {
        requirePositive(bytes);
        long there = sizeOf(fd);
        if (bytes > there) {
            throw new IllegalArgumentException(
                    "fd %d has %d bytes, %d are wanted".formatted(fd, there, bytes));
        }
        return map(fd, bytes, false);
    }

    private static SharedMemory map(int fd, long bytes, boolean owner) {
        try (var scratch = Arena.ofConfined()) {
            long address =
                    MemoryCalls.mmap(Errno.in(scratch), bytes, PROT_READ_WRITE, MAP_SHARED, fd);
            PosixException.check(address, "mmap", fd, bytes);
            var arena = Arena.ofShared();
            var segment = Native.memory(address, bytes, arena, it -> MemoryCalls.munmap(it, bytes));
            return new SharedMemory(fd, owner, arena, segment);
        }
    }

    /// How many bytes are behind a descriptor, see lseek(2). Moves its file offset, which no
    /// mapping has.
    public static long sizeOf(int fd) {
        try (var arena = Arena.ofConfined()) {
            long size = MemoryCalls.lseek(Errno.in(arena), fd, 0, SEEK_END);
            return PosixException.check(size, "lseek", fd, "SEEK_END");
        }
    }

    public int fd() {
        return fd;
    }

    /// Any thread may read and write it, until [#close].
    public MemorySegment segment() {
        return segment;
    }

    /// Unmaps; whoever else has it mapped keeps it.
    @Override
    public void close() {
        arena.close();
        if (owner) {
            Sockets.close(fd);
        }
    }

    private static void requirePositive(long bytes) {
        if (bytes <= 0) {
            throw new IllegalArgumentException("bytes must be at least 1, was " + bytes);
        }
    }
}
