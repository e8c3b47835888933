package junicorn.worker.http;

import java.time.Duration;
import junicorn.worker.poll.PolledSocket;

/// Waits a moment for a client that is nearly there, in the handler's own thread: cheaper than a
/// hand-over. Whoever needs longer is waited for beside the request threads, so that a handler that
/// reads or writes asynchronously returns and one that blocks is woken
/// ([PolledSocket#armAside]).
final class ClientWait {
    private static final Duration MOMENT = Duration.ofMillis(2);

    private final Http1Connection connection;
    private final HttpFront front;

    ClientWait(Http1Connection connection, HttpFront front) {
        this.connection = connection;
        this.front = front;
    }

    /// True if bytes or room came in a moment; at once false on a thread that must not wait.
    boolean moment(boolean toRead) {
        if (!front.poll().concurrency().handlerMayWait()
                || connection.exchange().holds().handler() != Thread.currentThread()) {
            return false;
        }
        int interest = toRead ? PolledSocket.READ : PolledSocket.WRITE;
        return connection.wire().socket().await(interest, MOMENT);
    }
}
