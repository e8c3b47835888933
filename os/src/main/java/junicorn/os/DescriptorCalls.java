package junicorn.os;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.FunctionDescriptor;
import java.lang.invoke.MethodHandle;

/// The C calls on any kind of file descriptor. All return the kernel's answer, or `-errno`.
final class DescriptorCalls {
    private static final MethodHandle CLOSE =
            Native.withErrno("close", FunctionDescriptor.of(JAVA_INT, JAVA_INT));

    /// `int fcntl(int fd, int cmd, ...)`
    private static final MethodHandle FCNTL =
            Native.withErrnoVariadic(
                    "fcntl", 2, FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT));

    private DescriptorCalls() {}

    /// After EINTR too the descriptor is closed, see close(2): never again, its number may be
    /// another's.
    static int close(Errno errno, int fd) {
        try {
            return errno.orNegated((int) CLOSE.invokeExact(errno.segment(), fd));
        } catch (Throwable thrown) {
            throw Native.unexpected(thrown);
        }
    }

    static int fcntl(Errno errno, int fd, int command, int argument) {
        try {
            return errno.orNegated((int) FCNTL.invokeExact(errno.segment(), fd, command, argument));
        } catch (Throwable thrown) {
            throw Native.unexpected(thrown);
        }
    }
}
