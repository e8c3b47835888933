package hello;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.concurrent.atomic.LongAdder;

/// What this JVM knows of itself: with several workers behind one address, reloading the page shows
/// who answered.
public final class Worker {
    private static final LongAdder REQUESTS = new LongAdder();

    private Worker() {}

    static void countRequest() {
        REQUESTS.increment();
    }

    /// Requests that this worker's servlets have answered.
    public static long requests() {
        return REQUESTS.sum();
    }

    public static long pid() {
        return ProcessHandle.current().pid();
    }

    /// As in `1h 2m 3s`.
    public static String uptime() {
        var up = Duration.ofMillis(ManagementFactory.getRuntimeMXBean().getUptime());
        if (up.toHours() > 0) {
            return "%dh %dm %ds".formatted(up.toHours(), up.toMinutesPart(), up.toSecondsPart());
        }
        return up.toMinutes() > 0
                ? "%dm %ds".formatted(up.toMinutes(), up.toSecondsPart())
                : up.toSeconds() + "s";
    }

    public static String memory() {
        var heap = Runtime.getRuntime();
        var usedMib = (heap.totalMemory() - heap.freeMemory()) >> 20;
        return "%d of %d MiB".formatted(usedMib, heap.maxMemory() >> 20);
    }

    public static String java() {
        return Runtime.version().toString();
    }
}
