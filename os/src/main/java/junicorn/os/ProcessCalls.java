package junicorn.os;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/// The C calls about processes that exist. All return the kernel's answer, or `-errno`.
final class ProcessCalls {
    private static final MethodHandle KILL =
            Native.withErrno("kill", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT));
    private static final MethodHandle WAITPID =
            Native.withErrno(
                    "waitpid", FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT));

    private ProcessCalls() {}

    static int waitid(Errno errno, int type, int id, MemorySegment info, int options) {
        try {
            return errno.orNegated(
                    (int) Waitid.CALL.invokeExact(errno.segment(), type, id, info, options));
        } catch (Throwable thrown) {
            throw Native.unexpected(thrown);
        }
    }

    static int kill(Errno errno, int pid, int signal) {
        try {
            return errno.orNegated((int) KILL.invokeExact(errno.segment(), pid, signal));
        } catch (Throwable thrown) {
            throw Native.unexpected(thrown);
        }
    }

    static int waitpid(Errno errno, int pid, MemorySegment status, int options) {
        try {
            return errno.orNegated(
                    (int) WAITPID.invokeExact(errno.segment(), pid, status, options));
        } catch (Throwable thrown) {
            throw Native.unexpected(thrown);
        }
    }

    static int prctl(Errno errno, int option, long argument) {
        try {
            return errno.orNegated(
                    (int) Prctl.CALL.invokeExact(errno.segment(), option, argument, 0L, 0L, 0L));
        } catch (Throwable thrown) {
            throw Native.unexpected(thrown);
        }
    }

    static int umask(int mode) {
        try {
            return (int) Umask.CALL.invokeExact(mode);
        } catch (Throwable thrown) {
            throw Native.unexpected(thrown);
        }
    }

    static int getpgrp() {
        try {
            return (int) Getpgrp.CALL.invokeExact();
        } catch (Throwable thrown) {
            throw Native.unexpected(thrown);
        }
    }

    /// Workers' only, and at their end.
    private static final class Getpgrp {
        static final MethodHandle CALL = Native.plain("getpgrp", FunctionDescriptor.of(JAVA_INT));
    }

    /// The masters' only.
    private static final class Waitid {
        static final MethodHandle CALL =
                Native.withErrno(
                        "waitid",
                        FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT));
    }

    /// The master's only, and seldom.
    private static final class Umask {
        static final MethodHandle CALL =
                Native.plain("umask", FunctionDescriptor.of(JAVA_INT, JAVA_INT));
    }

    /// Not needed to start: `int prctl(int option, ...)`.
    private static final class Prctl {
        static final MethodHandle CALL =
                Native.withErrnoVariadic(
                        "prctl",
                        1,
                        FunctionDescriptor.of(
                                JAVA_INT, JAVA_INT, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG));
    }
}
