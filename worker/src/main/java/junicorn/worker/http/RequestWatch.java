package junicorn.worker.http;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.io.QuietException;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/// Watches the requests of one exchange, one at a time, and cuts off one that takes too long.
///
/// Four threads meet here: the handler's, those that answer for it, the sweeper, and one that tells
/// the application. This object's monitor decides who answers (whoever begins first, we or the
/// application) and guards the handler's thread: it is interrupted only while it is in this
/// request, and takes no interrupt along to the next. The sweeper holds the exchange from the cut
/// to the end, so that the connection goes on to nothing meanwhile.
final class RequestWatch {
    private static final Logger LOG = System.getLogger(RequestWatch.class.getName());

    /// Not 504: that is the word of a gateway for the server behind it (RFC 9110, section 15.6.5).
    private static final int STATUS = HttpStatus.SERVICE_UNAVAILABLE_503;

    private static final int REASON_CHARS_MAX = 300;

    private enum State {
        IDLE,
        RUNNING,
        CUT_OFF
    }

    /// Who has begun to answer.
    private enum Answerer {
        NOBODY,
        APPLICATION,
        WE
    }

    private final Exchange exchange;
    private final CutOff cutOff;
    private final RequestDeadlines deadlines;

    // guarded by this
    private State state = State.IDLE;
    private Answerer answerer = Answerer.NOBODY;
    private @Nullable Thread thread;
    private boolean interrupted;
    private boolean known;
    private long since;

    /// Of the sweeper.
    private String reason = "";

    RequestWatch(Exchange exchange, CutOff cutOff, RequestDeadlines deadlines) {
        this.exchange = exchange;
        this.cutOff = cutOff;
        this.deadlines = deadlines;
    }

    // ---- for the exchange

    /// The application gets a request, on this thread.
    void begin() {
        if (!deadlines.exist()) {
            return;
        }
        synchronized (this) {
            state = State.RUNNING;
            answerer = Answerer.NOBODY;
            thread = Thread.currentThread();
            interrupted = false;
            since = System.nanoTime();
            if (!known) {
                known = true;
                deadlines.add(this);
            }
        }
    }

    /// This thread has left the request: what is left of our interrupt is not for the next one.
    void threadLeft() {
        if (!deadlines.exist()) {
            return;
        }
        synchronized (this) {
            thread = null;
            if (interrupted) {
                Thread.interrupted();
            }
        }
    }

    /// The request is over. True if it was cut off, and its connection with it.
    boolean over() {
        if (!deadlines.exist()) {
            return false;
        }
        synchronized (this) {
            boolean wasCutOff = state == State.CUT_OFF;
            state = State.IDLE;
            return wasCutOff;
        }
    }

    /// True once the request was cut off.
    boolean isCutOff() {
        if (!deadlines.exist()) {
            return false;
        }
        synchronized (this) {
            return state == State.CUT_OFF;
        }
    }

    /// The application begins to answer; nothing of that may be sent if this is false.
    boolean mayAnswer() {
        return !deadlines.exist() || applicationAnswers();
    }

    private synchronized boolean applicationAnswers() {
        if (answerer == Answerer.NOBODY) {
            answerer = Answerer.APPLICATION;
        }
        return answerer == Answerer.APPLICATION;
    }

    /// What the application sends is no answer yet (100, 103); when it is sent, we may answer
    /// again.
    Callback interim(Callback whenSent) {
        return Callback.from(
                whenSent.getInvocationType(),
                () -> {
                    interimSent(); // first: the answer itself may follow at once
                    whenSent.succeeded();
                },
                whenSent::failed);
    }

    private synchronized void interimSent() {
        if (answerer == Answerer.APPLICATION) {
            answerer = Answerer.NOBODY;
        }
    }

    // ---- for the sweeper

    /// Does what is due.
    void look(long now) {
        switch (due(now)) {
            case IDLE -> {}
            case RUNNING -> {
                if (exchange.holds().hold()) { // from here on no next request begins
                    cutHeld(now);
                }
            }
            case CUT_OFF -> deadlines.unfit(reason);
        }
    }

    /// RUNNING if the request is to be cut off, CUT_OFF if it should have ended since.
    private synchronized State due(long now) {
        boolean late = now - since >= deadlines.timeoutNanos();
        switch (state) {
            case IDLE -> forget();
            case RUNNING -> {
                if (late) {
                    return State.RUNNING;
                }
            }
            case CUT_OFF -> {
                if (now - since >= deadlines.grace().toNanos()) {
                    forget();
                    return State.CUT_OFF;
                }
            }
        }
        return State.IDLE;
    }

    private void forget() {
        known = false;
        deadlines.remove(this);
    }

    private void cutHeld(long now) {
        boolean leftToTeller = false;
        try {
            leftToTeller = cut(now);
        } finally {
            if (!leftToTeller) {
                exchange.release();
            }
        }
    }

    /// True if somebody else lets go of the exchange.
    private boolean cut(long now) {
        var age = claim(now);
        if (age.isZero()) {
            return false; // it ended while we came
        }
        boolean ours = weAnswer();
        var client = cutOff.client(); // still known
        if (ours) {
            cutOff.logsAs(STATUS);
        } else {
            cutOff.breakOff(); // before the interrupt, or the application might yet complete it
        }
        var stack = interrupt();
        if (ours) {
            cutOff.answerInstead(STATUS);
        }
        var request = cutOff.requestLine();
        LOG.log(
                Level.ERROR,
                "request timed out, %s age=%s client=%s request=%s%n%s"
                        .formatted(
                                ours ? "answered status=" + STATUS : "its answer is broken off",
                                words(age),
                                client,
                                request,
                                stack));
        reason =
                shortened(
                        "a request did not end %s after its timeout request=%s"
                                .formatted(words(deadlines.grace()), request));
        return tell(new TimedOut("the request was cut off after " + words(age)), ours);
    }

    /// Its age, if it is still to be cut off; else zero.
    private synchronized Duration claim(long now) {
        long age = now - since;
        if (state != State.RUNNING || age < deadlines.timeoutNanos()) {
            return Duration.ZERO;
        }
        state = State.CUT_OFF;
        since = now;
        if (answerer == Answerer.NOBODY) {
            answerer = Answerer.WE;
        }
        return Duration.ofNanos(age);
    }

    private synchronized boolean weAnswer() {
        return answerer == Answerer.WE;
    }

    /// What the thread was doing before.
    private synchronized String interrupt() {
        var stack = ThreadReport.of(thread);
        if (thread != null) {
            thread.interrupt();
            interrupted = true;
        }
        return stack;
    }

    /// Its listeners may block: not on the sweeper's thread.
    private boolean tell(TimedOut cause, boolean answered) {
        try {
            cutOff.executor().execute(() -> fail(cause, answered));
            return true;
        } catch (RejectedExecutionException e) { // the worker stops; who waits, waits in vain
            return false;
        }
    }

    private void fail(TimedOut cause, boolean answered) {
        try {
            cutOff.fail(cause, answered);
        } catch (Throwable e) {
            exchange.rescue().abort(e);
        } finally {
            exchange.release();
        }
    }

    private static String words(Duration time) {
        return time.toMillis() < 1000
                ? time.toMillis() + "ms"
                : time.toSeconds() + "." + time.toMillis() / 100 % 10 + "s";
    }

    private static String shortened(String text) {
        return text.length() <= REASON_CHARS_MAX ? text : text.substring(0, REASON_CHARS_MAX) + "…";
    }

    /// Told at length in our own record: nobody needs its stack.
    private static final class TimedOut extends TimeoutException implements QuietException {
        private static final long serialVersionUID = 1;

        TimedOut(String message) {
            super(message);
        }
    }
}
