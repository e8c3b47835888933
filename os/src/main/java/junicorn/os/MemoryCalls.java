package junicorn.os;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/// The C calls about files that are memory. All return the kernel's answer, or `-errno`.
final class MemoryCalls {
    private static final MethodHandle MMAP =
            Native.withErrno(
                    "mmap",
                    FunctionDescriptor.of(
                            JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_INT, JAVA_INT, JAVA_INT,
                            JAVA_LONG));
    private static final MethodHandle MUNMAP =
            Native.plain("munmap", FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_LONG));
    private static final MethodHandle LSEEK =
            Native.withErrno(
                    "lseek", FunctionDescriptor.of(JAVA_LONG, JAVA_INT, JAVA_LONG, JAVA_INT));

    private MemoryCalls() {}

    static long mmap(Errno errno, long bytes, int protection, int flags, int fd) {
        try {
            return errno.orNegated(
                    (long) MMAP.invokeExact(errno.segment(), 0L, bytes, protection, flags, fd, 0L));
        } catch (Throwable thrown) {
            throw Native.unexpected(thrown);
        }
    }

    /// Fails only for an address that mmap never gave.
    static int munmap(MemorySegment address, long bytes) {
        try {
            return (int) MUNMAP.invokeExact(address, bytes);
        } catch (Throwable thrown) {
            throw Native.unexpected(thrown);
        }
    }

    static long lseek(Errno errno, int fd, long offset, int whence) {
        try {
            return errno.orNegated((long) LSEEK.invokeExact(errno.segment(), fd, offset, whence));
        } catch (Throwable thrown) {
            throw Native.unexpected(thrown);
        }
    }

    static int memfdCreate(Errno errno, MemorySegment name, int flags) {
        try {
            return errno.orNegated((int) Memfd.CREATE.invokeExact(errno.segment(), name, flags));
        } catch (Throwable thrown) {
            throw Native.unexpected(thrown);
        }
    }

    static int ftruncate(Errno errno, int fd, long bytes) {
        try {
            return errno.orNegated((int) Memfd.TRUNCATE.invokeExact(errno.segment(), fd, bytes));
        } catch (Throwable thrown) {
            throw Native.unexpected(thrown);
        }
    }

    /// Only the creator's.
    private static final class Memfd {
        static final MethodHandle CREATE =
                Native.withErrno(
                        "memfd_create", FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_INT));
        static final MethodHandle TRUNCATE =
                Native.withErrno("ftruncate", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_LONG));
    }
}
