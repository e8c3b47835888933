package junicorn.worker.http;

import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import junicorn.worker.http.message.HttpSettings;

/// The heap that bodies may take together while they are collected: each is bounded by
/// `--buffer-body`, and a thousand of them would still be a gigabyte. A body takes all that it can
/// need at once, so those that have room can be completed; who finds none is not read from until
/// somebody has ended. Small bodies need none. No lock: this is no place to wait.
final class BodyBudget {
    /// What a body may have without asking; a receive buffer may bring more before we look.
    static final int FREE_BYTES = 16 * 1024;

    private static final int SHARE_OF_HEAP = 8;

    /// Who waits for room, in nobody's hands: whoever takes it out of the line owns it.
    interface Waiting {
        /// There is room now, and it is taken.
        void roomCame(long bytes);

        /// There was none in time.
        void roomDidNotCome();
    }

    private record Place(Waiting who, long bytes, long deadline) {}

    private final AtomicLong left;
    private final ConcurrentLinkedQueue<Place> line = new ConcurrentLinkedQueue<>();

    BodyBudget(long bytes) {
        left = new AtomicLong(bytes);
    }

    /// An eighth of the heap, and room for one body in any case.
    static BodyBudget of(HttpSettings settings) {
        return new BodyBudget(
                Math.max(
                        settings.bufferBodyBytes(),
                        Runtime.getRuntime().maxMemory() / SHARE_OF_HEAP));
    }

    /// Takes room if there is some.
    boolean take(long bytes) {
        long before = left.get();
        while (before >= bytes) {
            if (left.compareAndSet(before, before - bytes)) {
                return true;
            }
            before = left.get();
        }
        return false;
    }

    /// Gives room back, and to those in line.
    void give(long bytes) {
        if (bytes > 0) {
            left.addAndGet(bytes);
            serve();
        }
    }

    /// Waits in line; from here on it belongs to whoever takes it out.
    ///
    /// @param deadline in [System#nanoTime()]
    void await(Waiting who, long bytes, long deadline) {
        line.add(new Place(who, bytes, deadline));
        serve(); // somebody may have given just now
    }

    private void serve() {
        for (var first = line.peek(); first != null && take(first.bytes); first = line.peek()) {
            if (line.remove(first)) {
                first.who.roomCame(first.bytes);
            } else {
                left.addAndGet(first.bytes); // another thread was faster
            }
        }
    }

    /// Lets those go who have waited too long.
    void sweep(long now) {
        for (var place : line) {
            if (now - place.deadline >= 0 && line.remove(place)) {
                place.who.roomDidNotCome();
                serve(); // who is first now may want less
            }
        }
    }

    /// Bytes that nobody has.
    long left() {
        return left.get();
    }
}
