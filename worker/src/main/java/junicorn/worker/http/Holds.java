package junicorn.worker.http;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// Who holds a request: the application until it is done with it, the handler's thread, and whoever
/// comes from outside for a moment. Only counts; the last to let go is told that it was the last.
final class Holds {
    private final AtomicInteger count = new AtomicInteger();

    /// The application has let go.
    private final AtomicBoolean over = new AtomicBoolean();

    private volatile @Nullable Thread handler;
    private int number;

    /// A request begins, on this thread: it and the application hold it.
    void begin() {
        number++;
        over.set(false);
        handler = Thread.currentThread();
        count.set(2);
    }

    /// Tells one request from the next.
    int number() {
        return number;
    }

    /// The handler has returned; its thread holds on.
    void handlerReturned() {
        handler = null;
    }

    /// The thread that is in the handler.
    @Nullable Thread handler() {
        return handler;
    }

    /// The application is done with it, or is to be; it holds on. False if it was before.
    boolean end() {
        return over.compareAndSet(false, true);
    }

    boolean isOver() {
        return over.get();
    }

    /// True from its beginning until the last has let go.
    boolean isOpen() {
        return count.get() > 0;
    }

    /// For who comes from outside. False if there is no request.
    boolean hold() {
        return count.updateAndGet(now -> now <= 0 ? now : now + 1) > 0;
    }

    /// For who is in the request.
    void holdOn() {
        count.incrementAndGet();
    }

    /// True if that was the last.
    boolean release() {
        return count.decrementAndGet() == 0;
    }

    /// Takes it from all. False if nobody had it.
    boolean takeAll() {
        over.set(true);
        return count.getAndSet(0) > 0;
    }

    /// True if it is open and no thread will end it: the application is done with it, or the thread
    /// that had it is no more.
    boolean areDeserted() {
        var thread = handler;
        return isOpen() && (thread == null ? over.get() : !thread.isAlive());
    }
}
