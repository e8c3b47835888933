package junicorn.worker.http;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import java.util.function.Supplier;

/// Waits for what a test wants to see, and says what it saw last when that does not come.
final class Await {
    /// For what takes a moment, on a machine that is busy with other things.
    static final Duration SOON = Duration.ofSeconds(10);

    private static final long LOOK_AGAIN_NANOS = Duration.ofMillis(1).toNanos();

    private Await() {}

    static <T> T until(String what, Supplier<T> look, Predicate<? super T> wanted) {
        long deadline = System.nanoTime() + SOON.toNanos();
        while (true) {
            T seen = look.get();
            if (wanted.test(seen)) {
                return seen;
            }
            if (System.nanoTime() - deadline >= 0) {
                throw new AssertionError(
                        "%s did not come within %s; last seen %s".formatted(what, SOON, seen));
            }
            LockSupport.parkNanos(LOOK_AGAIN_NANOS);
        }
    }
}
