package junicorn.worker.hook;

import java.time.Duration;
import java.util.Arrays;
import java.util.stream.Collectors;

/// One call of a hook that is going on. It is interrupted only while it does: the thread takes no
/// interrupt of ours along to what comes after.
final class Call {
    private static final int FRAMES_MAX = 50;

    private final Hook hook;
    private final String method;
    private final Duration limit;
    private final Thread thread = Thread.currentThread();
    private final long since = System.nanoTime();
    private boolean over; // guarded by this
    private boolean interrupted; // guarded by this

    Call(Hook hook, String method, Duration limit) {
        this.hook = hook;
        this.method = method;
        this.limit = limit;
    }

    Hook hook() {
        return hook;
    }

    /// `shop.Audit.preRequest`
    String name() {
        return hook.name() + "." + method;
    }

    String facts() {
        return "took=%dms".formatted(age(System.nanoTime()).toMillis());
    }

    Duration age(long now) {
        return Duration.ofNanos(now - since);
    }

    String stack() {
        return Arrays.stream(thread.getStackTrace())
                .limit(FRAMES_MAX)
                .map(frame -> "  at " + frame)
                .collect(Collectors.joining("\n", "thread " + thread.getName() + "\n", ""));
    }

    /// The thread leaves the hook.
    synchronized void over() {
        over = true;
        if (interrupted) {
            Thread.interrupted();
        }
    }

    /// Interrupts it if it is late, once; true if it did.
    boolean endIfLate(long now) {
        if (age(now).compareTo(limit) < 0) {
            return false;
        }
        synchronized (this) {
            if (over || interrupted) {
                return false;
            }
        }
        hook.switchOff(this); // its stack first
        synchronized (this) {
            if (!over) {
                interrupted = true;
                thread.interrupt();
            }
        }
        return true;
    }

    /// It was interrupted, and goes on as if it was not.
    synchronized boolean ignoresInterrupt(long now) {
        return interrupted && !over && age(now).compareTo(limit.multipliedBy(2)) > 0;
    }
}
