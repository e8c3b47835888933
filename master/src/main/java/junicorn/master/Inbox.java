package junicorn.master;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/// The one way into the master's loop, and the one place where the loop sleeps.
final class Inbox {
    private static final int EVENTS_MAX = 10_000;

    /// Signals of one kind merge in the kernel too: a flood of them may lose some, but not memory.
    private static final int SIGNALS_MAX = 1_000;

    private final BlockingQueue<Event> events = new LinkedBlockingQueue<>(EVENTS_MAX);

    /// Of the loop's thread: taken from the queue, or from the kernel.
    private final Deque<Event> due = new ArrayDeque<>();

    /// Of the loop's thread: what its own actions led to.
    private final Deque<Event> own = new ArrayDeque<>();

    /// From a thread that reads a channel: waits while the inbox is full.
    void add(Event event) throws InterruptedException {
        events.put(event);
    }

    /// From a signal.
    void signal(Event.SignalReceived event) {
        if (events.size() < SIGNALS_MAX) {
            events.offer(event);
        }
    }

    /// From the loop itself: before all others.
    void first(Event event) {
        own.add(event);
    }

    /// The next event. Exits first: who signals must also reap, or the pid it signals may by now be
    /// a stranger's. What a worker had said before it died comes before its death.
    Optional<Event> next(Supplier<List<Event>> reap, Duration atMost) throws InterruptedException {
        if (!own.isEmpty()) {
            return Optional.of(own.remove());
        }
        if (due.isEmpty()) {
            var exits = reap.get();
            if (!exits.isEmpty()) {
                events.drainTo(due);
                due.addAll(exits);
            }
        }
        return due.isEmpty()
                ? Optional.ofNullable(events.poll(atMost.toNanos(), TimeUnit.NANOSECONDS))
                : Optional.of(due.remove());
    }
}
