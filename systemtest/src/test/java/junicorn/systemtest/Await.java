package junicorn.systemtest;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import java.util.function.Supplier;

/// Waits for what a test wants to see, never for a time to pass, and says what it saw last when
/// that does not come.
final class Await {
    /// Long enough for a JVM to start on a machine that is busy with other things.
    static final Duration BOOT = Duration.ofSeconds(30);

    /// For what takes a moment, generously.
    static final Duration SOON = Duration.ofSeconds(10);

    private static final long LOOK_AGAIN_NANOS = Duration.ofMillis(5).toNanos();

    private Await() {}

    static <T> T until(
            String what, Duration atMost, Supplier<T> look, Predicate<? super T> wanted) {
        long deadline = System.nanoTime() + atMost.toNanos();
        while (true) {
            T seen = look.get();
            if (wanted.test(seen)) {
                return seen;
            }
            if (System.nanoTime() - deadline >= 0) {
                throw new AssertionError(
                        "%s did not come within %s; last seen %s".formatted(what, atMost, seen));
            }
            LockSupport.parkNanos(LOOK_AGAIN_NANOS);
        }
    }
}
