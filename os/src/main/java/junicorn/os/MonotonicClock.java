package junicorn.os;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/// The clock that other processes of the machine read too, see clock_gettime(2), CLOCK_MONOTONIC.
/// (What System.nanoTime() counts from is the JVM's affair.)
public final class MonotonicClock {
    private static final int CLOCK_MONOTONIC = 1; // <bits/time.h>
    private static final MethodHandle CLOCK_GETTIME =
            Native.withErrno("clock_gettime", FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS));

    private MonotonicClock() {}

    public static long micros() {
        try (var arena = Arena.ofConfined()) {
            var time = arena.allocate(JAVA_LONG, 2); // struct timespec: seconds, nanoseconds
            PosixException.check(
                    clockGettime(Errno.in(arena), CLOCK_MONOTONIC, time), "clock_gettime");
            return time.getAtIndex(JAVA_LONG, 0) * 1_000_000
                    + time.getAtIndex(JAVA_LONG, 1) / 1_000;
        }
    }

    private static int clockGettime(Errno errno, int clock, MemorySegment time) {
        try {
            return errno.orNegated((int) CLOCK_GETTIME.invokeExact(errno.segment(), clock, time));
        } catch (Throwable thrown) {
            throw Native.unexpected(thrown);
        }
    }
}
