package junicorn.master.loop;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import junicorn.os.Signal;

/// The one way into the master's loop, and the one place where the loop sleeps.
///
/// Nobody can crowd out a signal, and workers cannot crowd out anybody else: each has a queue of
/// its
/// own, and each queue a bound.
public final class Inbox {
    /// In each queue; who has more to say waits.
    static final int EVENTS_MAX = 1_000;

    /// TTIN and TTOU each count. Beyond any number of workers that could be meant.
    static final int REPEATS_MAX = 1_000;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition came = lock.newCondition();
    private final Condition room = lock.newCondition();

    /// How often each has come that is not taken yet, in the order in which they came.
    private final Map<Signal, Integer> signals = new LinkedHashMap<>(); // guarded by lock

    /// From operators, from the other master, from what is done beside the loop.
    private final Deque<Event> others = new ArrayDeque<>(); // guarded by lock

    private final Deque<Event> workers = new ArrayDeque<>(); // guarded by lock
    private boolean workersTurn; // guarded by lock

    /// Of the loop's thread: what dead workers had said, and their deaths.
    private final Deque<Event> due = new ArrayDeque<>();

    /// Of the loop's thread: what its own actions led to.
    private final Deque<Event> own = new ArrayDeque<>();

    /// From any thread but the loop's: waits while there are too many.
    public void add(Event event) throws InterruptedException {
        put(others, event);
    }

    /// The same from a thread that reads what a worker says.
    public void hear(Event event) throws InterruptedException {
        put(workers, event);
    }

    private void put(Deque<Event> queue, Event event) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (queue.size() >= EVENTS_MAX) {
                room.await();
            }
            queue.add(event);
            came.signal();
        } finally {
            lock.unlock();
        }
    }

    /// Never lost and never waits. Those of one kind are one, as in the kernel, but where each of
    /// them asks for something.
    public void signal(Signal signal) {
        lock.lock();
        try {
            var counts = signal == Signal.TTIN || signal == Signal.TTOU;
            signals.merge(
                    signal, 1, (before, one) -> counts ? Math.min(before + one, REPEATS_MAX) : 1);
            came.signal();
        } finally {
            lock.unlock();
        }
    }

    /// From the loop itself: before all others.
    public void first(Event event) {
        own.add(event);
    }

    /// The next event. Exits before signals: who signals must also reap, or the pid it signals may
    /// by now be a stranger's. What a worker had said before it died comes before its death.
    public Optional<Event> next(Supplier<List<Event>> reap, Duration atMost)
            throws InterruptedException {
        if (!own.isEmpty()) {
            return Optional.of(own.remove());
        }
        if (due.isEmpty()) {
            var exits = reap.get();
            if (!exits.isEmpty()) {
                takeWhatWorkersSaid();
                due.addAll(exits);
            }
        }
        return due.isEmpty() ? await(atMost) : Optional.of(due.remove());
    }

    private void takeWhatWorkersSaid() {
        lock.lock();
        try {
            due.addAll(workers);
            workers.clear();
            room.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private Optional<Event> await(Duration atMost) throws InterruptedException {
        var left = TimeUnit.NANOSECONDS.convert(atMost);
        lock.lockInterruptibly();
        try {
            var event = poll();
            while (event.isEmpty() && left > 0) {
                left = came.awaitNanos(left);
                event = poll();
            }
            return event;
        } finally {
            lock.unlock();
        }
    }

    /// Signals first, then workers and the others by turns.
    private Optional<Event> poll() {
        if (!signals.isEmpty()) {
            return Optional.of(new Event.SignalReceived(pollSignal()));
        }
        var queue = workersTurn ? workers : others;
        if (queue.isEmpty()) {
            queue = workersTurn ? others : workers;
        }
        workersTurn = !workersTurn;
        var event = Optional.ofNullable(queue.poll());
        event.ifPresent(_ -> room.signalAll());
        return event;
    }

    /// One of those that came several times goes to the end: there are others.
    private Signal pollSignal() {
        var first = signals.entrySet().iterator().next();
        var signal = first.getKey();
        int more = first.getValue() - 1;
        signals.remove(signal);
        if (more > 0) {
            signals.put(signal, more);
        }
        return signal;
    }
}
