package junicorn.worker.http;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/// Finds the requests that the application has had for too long (`--request-timeout`), and those
/// that do not even end when they were told to: then this worker is unfit, for no thread can be
/// ended from outside. Looks at them when the poll is swept, so requests pay two uncontended locks,
/// and nothing when there is no such limit.
public final class RequestDeadlines {
    private final long timeoutNanos;
    private final Duration grace;
    private final Consumer<String> unfit;
    private final AtomicBoolean saidUnfit = new AtomicBoolean();

    /// Those that have, or had a moment ago, a request.
    private final Set<RequestWatch> busy = ConcurrentHashMap.newKeySet();

    /// @param timeout for the application to answer; zero = no limit
    /// @param grace for such a request to end
    /// @param unfit is told, once and why, that this worker is to be replaced
    public RequestDeadlines(Duration timeout, Duration grace, Consumer<String> unfit) {
        if (timeout.isNegative() || grace.isNegative()) {
            throw new IllegalArgumentException(
                    "a time is negative: timeout %s, grace %s".formatted(timeout, grace));
        }
        timeoutNanos = timeout.toNanos();
        this.grace = grace;
        this.unfit = unfit;
    }

    /// No limit.
    public static RequestDeadlines none() {
        return new RequestDeadlines(Duration.ZERO, Duration.ZERO, _ -> {});
    }

    boolean exist() {
        return timeoutNanos > 0;
    }

    long timeoutNanos() {
        return timeoutNanos;
    }

    Duration grace() {
        return grace;
    }

    void add(RequestWatch watch) {
        busy.add(watch);
    }

    void remove(RequestWatch watch) {
        busy.remove(watch);
    }

    /// @param now [System#nanoTime()]
    void sweep(long now) {
        busy.forEach(watch -> watch.look(now));
    }

    /// A request does not end.
    void unfit(String reason) {
        if (saidUnfit.compareAndSet(false, true)) {
            unfit.accept(reason);
        }
    }
}
