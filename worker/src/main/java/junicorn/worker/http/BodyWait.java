package junicorn.worker.http;

import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/// The application's wait for more of a request's body than has come. Each wait holds the exchange
/// until somebody takes it: the bytes that come, the end of the connection or of its time, or the
/// end of the request. Whoever takes it lets go of the exchange when it has done its part.
final class BodyWait {
    private final Exchange exchange;
    private final Http1Connection connection;
    private final HttpFront front;
    private final Http1Stream stream;
    private final AtomicInteger deliveries = new AtomicInteger();
    private volatile @Nullable Wait current;

    BodyWait(Exchange exchange, Http1Connection connection, HttpFront front, Http1Stream stream) {
        this.exchange = exchange;
        this.connection = connection;
        this.front = front;
        this.stream = stream;
    }

    /// One wait: who comes late must not take what the next is for.
    private final class Wait implements Callback {
        private final AtomicBoolean taken = new AtomicBoolean();

        boolean take() {
            return taken.compareAndSet(false, true);
        }

        @Override
        public void succeeded() {
            if (take()) {
                arrived();
            }
        }

        @Override
        public void failed(Throwable cause) {
            if (take()) {
                broken(cause);
            }
        }
    }

    /// The application wants more.
    void begin() {
        exchange.holds().holdOn();
        var wait = new Wait();
        current = wait;
        boolean waits = false;
        try {
            awaitReadable(wait);
            waits = true;
        } finally {
            if (!waits || exchange.isEnding()) {
                giveUp(wait);
            }
        }
    }

    private void awaitReadable(Wait wait) {
        long deadline = connection.inbound.bodyDeadline();
        boolean aside =
                exchange.isHandling() && connection.wire().fillInterestedAside(wait, deadline);
        if (!aside) {
            connection.rest(deadline, wait);
        }
    }

    /// Nobody wants more.
    void stop() {
        var wait = current;
        if (wait != null) {
            giveUp(wait);
        }
    }

    private void giveUp(Wait wait) {
        connection.wire().takeInterest(wait);
        if (wait.take()) {
            exchange.release();
        }
    }

    /// Ready for the next request.
    void reset() {
        current = null;
    }

    /// True if somebody is just giving the application what came.
    boolean delivers() {
        return deliveries.get() > 0;
    }

    /// It did not come in time; the application is told on one of its threads.
    void late() {
        var wait = current;
        if (wait == null || !wait.take()) {
            return;
        }
        connection.inbound.reader().late();
        try {
            front.connector().getExecutor().execute(this::deliver);
        } catch (RejectedExecutionException e) { // the worker stops; who waits, waits in vain
            exchange.rescue().abort(e);
            exchange.release();
        }
    }

    private void arrived() {
        if (!front.poll().handOver(this::deliver)) {
            deliver();
        }
    }

    private void deliver() {
        deliveries.incrementAndGet();
        try {
            stream.ready();
        } catch (Throwable e) {
            exchange.rescue().fail(e);
        } finally {
            deliveries.decrementAndGet();
            exchange.release();
        }
    }

    private void broken(Throwable cause) {
        deliveries.incrementAndGet();
        try {
            exchange.rescue().fail(cause);
        } finally {
            deliveries.decrementAndGet();
            exchange.release();
        }
    }
}
