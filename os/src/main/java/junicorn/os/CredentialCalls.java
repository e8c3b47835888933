package junicorn.os;

import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/// The system calls about the user and the groups of *one thread*. All return the kernel's answer,
/// or `-errno`.
///
/// Not by their C functions: those change all threads of the process, see nptl(7).
final class CredentialCalls {
    /// `long syscall(long number, ...)`
    private static final MethodHandle SYSCALL =
            Native.withErrnoVariadic(
                    "syscall",
                    1,
                    FunctionDescriptor.of(JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG));

    /// The numbers of `<asm/unistd_64.h>` and `<asm-generic/unistd.h>`.
    private enum Call {
        GETGROUPS(115, 158),
        SETGROUPS(116, 159),
        SETRESUID(117, 147),
        SETRESGID(119, 149);

        private final long here;

        Call(int x86, int arm) {
            here = Platform.current() == Platform.X86_64 ? x86 : arm;
        }
    }

    private CredentialCalls() {}

    static int setresuid(Errno errno, long real, long effective, long saved) {
        return (int) call(errno, Call.SETRESUID, real, effective, saved);
    }

    static int setresgid(Errno errno, long real, long effective, long saved) {
        return (int) call(errno, Call.SETRESGID, real, effective, saved);
    }

    static int getgroups(Errno errno, int count, MemorySegment groups) {
        return (int) call(errno, Call.GETGROUPS, count, groups.address(), 0);
    }

    static int setgroups(Errno errno, int count, MemorySegment groups) {
        return (int) call(errno, Call.SETGROUPS, count, groups.address(), 0);
    }

    private static long call(Errno errno, Call number, long one, long two, long three) {
        try {
            return errno.orNegated(
                    (long) SYSCALL.invokeExact(errno.segment(), number.here, one, two, three));
        } catch (Throwable thrown) {
            throw Native.unexpected(thrown);
        }
    }
}
