package junicorn.master.decide;

import static java.lang.System.Logger.Level.ERROR;
import static java.lang.System.Logger.Level.WARNING;

import java.time.Duration;
import java.util.Collection;
import junicorn.master.loop.Orders;
import junicorn.master.settings.Limits;
import junicorn.master.settings.Words;
import junicorn.master.table.Causes;
import junicorn.master.table.Current;
import junicorn.master.table.Halt;
import junicorn.master.table.Pulse;
import junicorn.master.table.Verdict;
import junicorn.master.table.Worker;
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
        worker.heart.beat(pulse.beats(), now);
        worker.cores(pulse.cores(), now);
        worker.heart.deaf(pulse.deaf(), now);
        if (worker.isCondemned()) {
            return;
        }
        notice(slot, worker, pulse, now);
        if (worker.isStandby()) {
            return;
        }
        if (worker.isReady()) {
            judge(slot, worker, pulse, now);
        } else if (!worker.isRetiring()
                && isOver(current.limits().bootTimeout(), worker.boot.counted(now))) {
            var what = "not ready after " + bootWords(worker, now);
            worker.blame(
                    Verdict.Kind.BOOT_TIMEOUT,
                    "%s (--boot-timeout %s)"
                            .formatted(what, Words.of(current.limits().bootTimeout())));
            causes.note(slot, "worker %d %s".formatted(slot, what));
            condemn(slot, worker, what, "", now);
        }
    }

    /// Says of a worker that does not run whose doing that is. One that a debugger holds is looked
    /// at by somebody: nothing is held against it.
    private void notice(int slot, Worker worker, Pulse pulse, Duration now) {
        var traced = pulse.halt() == Halt.TRACED;
        if (worker.heart.isNewlyStopped(pulse.halt() != Halt.NONE)) {
            orders.say(
                    WARNING,
                    "worker %d is %s pid=%d"
                            .formatted(
                                    slot,
                                    traced
                                            ? "held by a debugger, --timeout does not count"
                                            : "stopped (signal STOP) and serves nobody",
                                    worker.pid()));
        }
        if (traced) {
            worker.heart.pardon(now);
        }
    }

    private void judge(int slot, Worker worker, Pulse pulse, Duration now) {
        var timeout = current.limits().timeout();
        var still = worker.heart.still(now);
        if (isOver(timeout, still)) {
            if (pulse.halt() == Halt.STOPPED) {
                condemnStopped(slot, worker, still, now);
                return;
            }
            var facts = "still=%s %s".formatted(Words.of(still), pulse.words());
            worker.blame(
                    Verdict.Kind.STUCK,
                    "no request thread made progress for %s (--timeout %s)"
                            .formatted(Words.of(still), Words.of(timeout)));
            condemn(slot, worker, "stuck", facts, now);
        } else if (isOver(timeout, worker.heart.deafFor(now))) {
            var words = "does not read its control channel";
            worker.blame(
                    Verdict.Kind.STUCK,
                    "it did not read its control channel for %s (--timeout %s)"
                            .formatted(Words.of(worker.heart.deafFor(now)), Words.of(timeout)));
            condemn(slot, worker, words, "", now);
        }
    }

    /// It cannot say what its threads do.
    private void condemnStopped(int slot, Worker worker, Duration still, Duration now) {
        worker.blame(
                Verdict.Kind.STUCK,
                "it was stopped (signal STOP) for %s (--timeout %s)"
                        .formatted(Words.of(still), Words.of(current.limits().timeout())));
        orders.say(
                ERROR,
                "worker %d is stopped (signal STOP) for too long, killing it pid=%d still=%s"
                        .formatted(slot, worker.pid(), Words.of(still)));
        worker.condemn(now);
    }

    /// The master could not look for so long. Whatever held it up may have held up the workers, and
    /// they need not go on at the same moment.
    void heldUp(Collection<Worker> workers, Duration late, Duration now) {
        workers.forEach(worker -> worker.heart.pardon(now));
        orders.say(
                WARNING,
                "the master could not run for %s (frozen, stopped or starved of CPU); nothing in that time counts against a worker"
                        .formatted(Words.of(late)));
    }

    /// `2m`, or `6m, 4m of them without a core`.
    private static String bootWords(Worker worker, Duration now) {
        var withheld = worker.boot.withheld();
        var age = Words.of(worker.age(now));
        return withheld.toSeconds() == 0
                ? age
                : "%s, %s of them without a core".formatted(age, Words.of(withheld));
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
                        "worker %d has not stopped, killing it pid=%d"
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
