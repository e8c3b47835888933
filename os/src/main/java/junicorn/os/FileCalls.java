package junicorn.os;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/// The C calls that put a file in the place of a descriptor. They return the kernel's answer, or
/// `-errno`.
final class FileCalls {
    /// `int open(const char *path, int flags, ...)`
    private static final MethodHandle OPEN =
            Native.withErrnoVariadic(
                    "open", 2, FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_INT, JAVA_INT));

    private static final MethodHandle DUP2 =
            Native.withErrno("dup2", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT));

    private FileCalls() {}

    static int open(Errno errno, MemorySegment path, int flags, int mode) {
        try {
            return errno.orNegated((int) OPEN.invokeExact(errno.segment(), path, flags, mode));
        } catch (Throwable thrown) {
            throw Native.unexpected(thrown);
        }
    }

    static int dup2(Errno errno, int from, int to) {
        try {
            return errno.orNegated((int) DUP2.invokeExact(errno.segment(), from, to));
        } catch (Throwable thrown) {
            throw Native.unexpected(thrown);
        }
    }
}
