package junicorn.worker.http;

import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import junicorn.worker.http.message.Refusal;
import junicorn.worker.poll.Fault;
import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/// One HTTP/1.1 connection (RFC 9112), from its first byte to its last. Its parts are reused from
/// request to request and, after a clean end, from connection to connection.
///
/// It is always in the hands of one thread: the one that took its event, or, while a request is
/// open that its handler left, whoever the application lets complete it. Nothing of it may be
/// touched after it was put to rest or left to others.
final class Http1Connection extends ConnectionFacts {
    /// Pipelined requests that are served in a row before other connections have their turn.
    private static final int PIPELINED_MAX = 16;

    private final Outbound outbound;
    private final Exchange exchange;
    private final Runnable reading = this::readAndRun;
    private final Runnable running = this::runAndRead;
    private final Runnable later = this::runLater;
    private final Callback fillable = Callback.from(this::receive, _ -> abandon());

    private Phase phase = Phase.ENDED;
    private boolean reusable = true;
    private int inARow;

    Http1Connection(HttpFront front, SocketEndPoint first) {
        super(front, first);
        outbound = new Outbound(this, front);
        exchange = new Exchange(front, this, inbound, outbound);
        exchange.openCache();
    }

    /// Begins with a new connection; the caller owns it.
    void open(SocketEndPoint newWire) {
        wire = newWire;
        phase = Phase.RECEIVING;
        receive();
    }

    // ---- receiving

    void receive() {
        guarded(reading);
    }

    /// Whatever is thrown in here ends the connection, and nothing else: its parts would be kept
    /// by nobody.
    private void guarded(Runnable step) {
        try {
            step.run();
        } catch (Throwable e) {
            abandon();
            Fault.log("a connection was given up", e);
        }
    }

    /// Reads until a request can run, and runs it; and so on while there are more.
    private void readAndRun() {
        do {
            int count = inbound.receive(wire);
            if (count <= 0) {
                pause(count == 0);
                return;
            }
            inbound.parse();
        } while (proceed());
    }

    /// True if this thread shall read on.
    private boolean proceed() {
        var reader = inbound.reader();
        var bad = reader.bad();
        if (bad != null) {
            return refuse(bad.getCode(), Refusal.words(bad, reader.cutShort()));
        }
        if (Room.isMissing(this)) {
            return false; // it waits there, in nobody's hands
        }
        if (reader.runnable()) {
            // without a place to run in it waits there, in nobody's hands
            return front.poll().admission().admit(later) && run();
        }
        if (reader.hasHeader() && reader.expects100()) {
            reader.answered100();
            return outbound.interim(HttpStatus.CONTINUE_100) || abandon();
        }
        return true;
    }

    /// There is nothing to read now, or ever.
    private void pause(boolean mayContinue) {
        if (mayContinue) {
            park();
        } else if (!inbound.received()) {
            end();
        } else {
            inbound.parseEnd();
            refuse(HttpStatus.BAD_REQUEST_400, "the request ended too early");
        }
    }

    /// Rests in the poll until more comes, or its time is over. Between two requests the socket
    /// does so alone, and its connection's parts are for others.
    private void park() {
        boolean silent = !inbound.received();
        boolean used = wire.requests > 0;
        long deadline = inbound.deadline(silent, used, front.poll().draining());
        if (silent && used && isReusable()) {
            var resting = wire;
            front.reuse(this); // from here on it may be somebody else's
            resting.rest(deadline);
        } else {
            rest(deadline, fillable);
        }
    }

    void rest(long deadline, Callback callback) {
        wire.socket().deadline(deadline);
        wire.fillInterested(callback);
    }

    // ---- running

    private void runLater() {
        guarded(running);
    }

    private void runAndRead() {
        if (run()) {
            readAndRun();
        }
    }

    /// Gives the request to the application. True if it was answered and another may follow at
    /// once.
    private boolean run() {
        phase = Phase.RUNNING;
        try {
            return after(exchange.run());
        } catch (HttpException.RuntimeException e) {
            return refuse(e.getCode(), e.getReason());
        }
    }

    /// The request that its handler had left open is over, on this thread.
    ///
    /// @param end ends it, and says how
    void ended(Supplier<End> end) {
        guarded(
                () -> {
                    if (after(end.get())) {
                        front.poll().execute(this::receive);
                    }
                });
    }

    /// True if the next request's bytes are already here.
    private boolean after(End how) {
        return switch (how) {
            case OPEN -> false;
            case PERSISTENT -> next();
            case LAST -> closeAnswered();
            case FAILED -> abandon();
            case UPGRADED -> upgrade();
        };
    }

    private boolean next() {
        phase = Phase.RECEIVING;
        outbound.reset();
        Room.leave(this);
        inbound.nextRequest();
        if (!inbound.hasInput()) {
            park();
        } else if (++inARow % PIPELINED_MAX != 0) {
            return true;
        } else {
            front.poll().execute(this::receive); // behind those who wait
        }
        return false;
    }

    private boolean upgrade() {
        phase = Phase.ENDED;
        var next = exchange.upgradeTo();
        front.done(this);
        if (next != null) {
            wire.upgrade(next);
        }
        return false;
    }

    // ---- ending

    /// Closes after an answer; if there is, or may come, input that nobody read, not before that
    /// was read.
    private boolean closeAnswered() {
        var reader = inbound.reader();
        boolean read = reader.isComplete() && !inbound.hasInput();
        if (!read || (!reader.asksToClose() && inbound.receive(wire) > 0)) {
            Linger.over(wire.leave());
        }
        end();
        return false;
    }

    /// Answers a request that the application never sees, and closes.
    boolean refuse(int status, @Nullable String reason) {
        reusable = false; // the parser is not fit for another request
        outbound.refuse(status, reason);
        front.refused(this, status);
        Linger.over(wire.leave());
        end();
        return false;
    }

    /// Closes at once: the answer cannot be completed, and the client must not take it for
    /// complete.
    private boolean abandon() {
        reusable = false;
        end();
        return false;
    }

    /// Closes a connection that is in no request; its parts may serve another.
    private void end() {
        phase = Phase.ENDED;
        Room.leave(this);
        inbound.release();
        wire.close(); // nothing happens if it lingers
        if (isReusable()) {
            front.reuse(this);
        } else {
            front.done(this);
        }
    }

    private boolean isReusable() {
        return reusable && inbound.isReusable() && exchange.isReusable();
    }

    /// Closes whatever it does; for the application and for Jetty.
    @Override
    public void close() {
        reusable = false;
        Room.leave(this);
        wire.close(); // who waits for bytes is told, and ends it
    }

    /// Ready for another connection.
    void reset() {
        phase = Phase.ENDED;
        forget();
        outbound.nextConnection();
        inbound.reset();
    }

    /// The worker drains and has taken this connection out of the poll. Runs nothing: this may be
    /// anybody's thread.
    void drain() {
        if (phase != Phase.RECEIVING) {
            wire.rearm();
        } else if (wire.takeInterest()) {
            if (!inbound.received() && wire.isReadable()) {
                rest(inbound.deadline(true, false, true), fillable); // a request has come
            } else {
                park();
            }
        }
    }

    @Override
    public boolean onIdleExpired(TimeoutException timeout) {
        boolean waited = wire.takeInterest();
        if (phase == Phase.RUNNING && waited) {
            exchange.bodyWait().late();
        } else if (phase == Phase.RUNNING) {
            exchange.rescue().timedOut(timeout);
        } else if (!waited) {
            return false; // somebody was faster
        } else if (inbound.received()) {
            refuse(HttpStatus.REQUEST_TIMEOUT_408, "the request was not complete in time");
        } else {
            end(); // it never said anything
        }
        return false;
    }

    @Override
    Exchange exchange() {
        return exchange;
    }
}
