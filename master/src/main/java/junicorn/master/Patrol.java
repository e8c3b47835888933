package junicorn.master;

import static java.lang.System.Logger.Level.ERROR;
import static java.lang.System.Logger.Level.WARNING;

import java.time.Duration;
import junicorn.os.Signal;

/// Finds workers that make no progress: those whose beats stand still, those that do not become
/// ready, those that do not go. The first two are asked for a thread dump before they are killed.
final class Patrol {
    private final Current current;
    private final Causes causes;
    private final Orders orders;

    Patrol(Current current, Causes causes, Orders orders) {
        this.current = current;
        this.causes = causes;
        this.orders = orders;
    }

    /// Beats count from the moment a worker is ready; before that its boot is timed as a whole.
    void visit(int slot, Worker worker, Pulse pulse, Duration now) {
        worker.pulse(pulse.beats(), now);
        if (worker.isCondemned() || worker.isStandby()) {
            return;
        }
        if (worker.isReady()) {
            var still = worker.still(now);
            if (isOver(current.limits().timeout(), still)) {
                var facts = "still=%s %s".formatted(Words.of(still), pulse.words());
                worker.blame(
                        Verdict.Kind.STUCK,
                        "no request thread came round for %s (--timeout %s)"
                                .formatted(Words.of(still), Words.of(current.limits().timeout())));
                condemn(slot, worker, "stuck", facts, now);
            }
        } else if (!worker.isRetiring()
                && isOver(current.limits().bootTimeout(), worker.age(now))) {
            var what = "not ready after " + Words.of(worker.age(now));
            worker.blame(
                    Verdict.Kind.BOOT_TIMEOUT,
                    "%s (--boot-timeout %s)"
                            .formatted(what, Words.of(current.limits().bootTimeout())));
            causes.note(slot, "worker %d %s".formatted(slot, what));
            condemn(slot, worker, what, "", now);
        }
    }

    /// When the time is up that a worker was given.
    void insist(int slot, Worker worker, Duration now) {
        if (worker.isToBeKilled(now)) {
            if (!worker.isCondemned()) {
                worker.blame(
                        Verdict.Kind.GRACEFUL_TIMEOUT,
                        "it did not stop in time and was killed (--graceful-timeout)");
                orders.say(
                        WARNING,
                        "worker %d is still there, killing it pid=%d"
                                .formatted(slot, worker.pid()));
            }
            worker.killed();
            orders.send(slot, Signal.KILL);
        }
    }

    private static boolean isOver(Duration limit, Duration time) {
        return !limit.isZero() && time.compareTo(limit) > 0;
    }

    /// The JVM answers QUIT with its thread dump, if it still answers.
    private void condemn(int slot, Worker worker, String what, String facts, Duration now) {
        orders.say(
                ERROR,
                "worker %d %s, killing it after a thread dump pid=%d %s"
                        .formatted(slot, what, worker.pid(), facts)
                        .stripTrailing());
        orders.explain(slot); // for the evidence; QUIT brings it into the log
        orders.send(slot, Signal.QUIT);
        worker.condemn(now.plus(Limits.QUICK));
    }
}
