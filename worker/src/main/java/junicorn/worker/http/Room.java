package junicorn.worker.http;

import org.eclipse.jetty.http.HttpStatus;

/// A connection in the line for room to collect its body in.
record Room(Http1Connection connection) implements BodyBudget.Waiting {
    /// True if the connection waits for room, in nobody's hands, and is not read from. Else it
    /// needs none, or has it, or streams the body to an application that may wait for it on a
    /// thread of its own.
    static boolean isMissing(Http1Connection connection) {
        var reader = connection.inbound.reader();
        var body = reader.body();
        if (body.received() <= BodyBudget.FREE_BYTES
                || reader.runnable()
                || body.room().getPlain() > 0) {
            return false;
        }
        var front = connection.front;
        long bytes = reader.bufferedMax();
        if (front.bodies().take(bytes)) {
            body.room().set(bytes);
            return false;
        }
        if (front.poll().concurrency().handsOver()) {
            reader.stream();
            return false;
        }
        connection.inbound.release();
        long deadline = System.nanoTime() + front.settings().bodyTimeout().toNanos();
        front.bodies().await(new Room(connection), bytes, deadline);
        return true;
    }

    /// The request has ended, and so its body.
    static void leave(Http1Connection connection) {
        var room = connection.inbound.reader().body().room();
        if (room.getPlain() > 0) {
            connection.front.bodies().give(room.getAndSet(0));
        }
    }

    @Override
    public void roomCame(long bytes) {
        connection.inbound.reader().body().room().set(bytes);
        connection.front.poll().execute(connection::receive);
    }

    @Override
    public void roomDidNotCome() {
        connection.refuse(HttpStatus.SERVICE_UNAVAILABLE_503, "too many bodies are being received");
    }
}
