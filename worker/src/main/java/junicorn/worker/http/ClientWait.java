package junicorn.worker.http;

import java.time.Duration;

/// Waits for a slow client while the handler runs: its thread may be blocked until the client
/// moves, and nobody polls for the connection. A moment on the calling thread, which saves a
/// hand-over; then on one of Jetty's threads, so that a handler that reads or writes asynchronously
/// can return. When it has, the poll waits. The heart beats meanwhile: it is the client that is
/// slow, not the application.
final class ClientWait {
    enum End {
        /// There are bytes, or there is room.
        READY,
        /// The client's time is over.
        LATE,
        /// The handler has returned.
        RETURNED
    }

    private static final Duration MOMENT = Duration.ofMillis(2);

    /// How soon it is noticed that the handler has returned.
    private static final Duration STEP = Duration.ofMillis(50);

    private final Http1Connection connection;
    private final HttpFront front;

    ClientWait(Http1Connection connection, HttpFront front) {
        this.connection = connection;
        this.front = front;
    }

    /// True if bytes or room came in a moment; at once false on a thread that must not wait.
    boolean moment(boolean toRead) {
        return front.poll().concurrency().handlerMayWait() && ready(toRead, MOMENT);
    }

    /// Waits as long as the client may take. Not on a request thread.
    End await(boolean toRead) {
        var settings = front.settings();
        var atMost = toRead ? settings.bodyTimeout() : settings.writeTimeout();
        long deadline = System.nanoTime() + atMost.toNanos();
        while (connection.isHandling()) {
            front.poll().beat();
            long left = deadline - System.nanoTime();
            var step = Duration.ofNanos(Math.clamp(left, 0, STEP.toNanos()));
            if (ready(toRead, step)) {
                return End.READY;
            }
            if (left <= 0) {
                return End.LATE;
            }
        }
        return End.RETURNED;
    }

    private boolean ready(boolean toRead, Duration atMost) {
        var wire = connection.wire();
        return toRead ? wire.awaitReadable(atMost) : wire.awaitWritable(atMost);
    }

    /// Runs a task that waits, or that ends a wait.
    void elsewhere(Runnable task) {
        front.connector().getExecutor().execute(task);
    }
}
