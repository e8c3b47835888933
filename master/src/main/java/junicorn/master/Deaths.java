package junicorn.master;

import static java.lang.System.Logger.Level.INFO;
import static java.lang.System.Logger.Level.WARNING;

import java.time.Duration;
import java.util.Optional;
import junicorn.os.Exit;
import junicorn.os.Signal;
import junicorn.scoreboard.WorkerState;

/// What becomes of a slot whose worker ended, or was not even spawned.
final class Deaths {
    private static final int KILL = Signal.KILL.number();

    private final Current current;
    private final Slots slots;
    private final Causes causes;
    private final Orders orders;
    private final Wanted wanted;
    private final Ending ending;
    private final Succession succession;
    private final Reload reload;
    private final Standby standby;
    private boolean everReady;

    Deaths(
            Current current,
            Slots slots,
            Causes causes,
            Orders orders,
            Wanted wanted,
            Ending ending,
            Succession succession,
            Reload reload,
            Standby standby) {
        this.current = current;
        this.slots = slots;
        this.causes = causes;
        this.orders = orders;
        this.wanted = wanted;
        this.ending = ending;
        this.succession = succession;
        this.reload = reload;
        this.standby = standby;
    }

    /// One became ready, so there is hope for others.
    void hope() {
        everReady = true;
    }

    void spawnFailed(int slot, String reason, Duration now) {
        causes.note(slot, reason);
        slots.worker(slot)
                .ifPresent(
                        worker -> {
                            var what = "worker %d not started: %s".formatted(slot, reason);
                            if (worker.isRetiring()) {
                                slots.free(slot);
                                orders.say(WARNING, what);
                            } else {
                                failed(slot, worker, what, false, now);
                            }
                        });
    }

    void exited(Event.WorkerExited exit, Duration now) {
        slots.worker(exit.slot(), exit.pid()).ifPresent(worker -> buried(exit, worker, now));
    }

    private void buried(Event.WorkerExited exit, Worker worker, Duration now) {
        var slot = exit.slot();
        var facts = facts(exit, worker, now);
        if (worker.isRetiring() || (worker.isOutgoing() && wasAskedByOthers(exit, worker))) {
            slots.free(slot);
            orders.say(INFO, "worker %d stopped %s".formatted(slot, facts));
        } else if (!ending.isFar() || worker.isOutgoing()) {
            slots.free(slot);
            orders.say(WARNING, "worker %d died %s".formatted(slot, facts));
        } else if (wasAskedByOthers(exit, worker)) {
            orders.say(INFO, "worker %d stopped %s, restarting".formatted(slot, facts));
            replace(slot, worker, Streak.NONE, now);
        } else {
            var what = "worker %d died %s".formatted(slot, facts);
            if (!worker.isReady() && causes.areUnknown()) {
                causes.note(slot, what);
            }
            var killed = exit.exit() instanceof Exit.Killed(int signal, _) && signal == KILL;
            failed(slot, worker, what, killed, now);
        }
    }

    /// For the log; where something went wrong they are kept, too.
    private String facts(Event.WorkerExited exit, Worker worker, Duration now) {
        var facts =
                "%s pid=%d up=%s"
                        .formatted(exit.exit().words(), exit.pid(), Words.of(worker.age(now)));
        if (wasAskedByOthers(exit, worker) && worker.blame().isEmpty()) {
            return facts;
        }
        return Verdict.of(exit.exit(), worker, exit.found())
                .map(
                        verdict -> {
                            orders.keep(evidence(exit, worker, verdict, now));
                            return facts + exit.found().words() + verdict.news();
                        })
                .orElse(facts);
    }

    private static Evidence evidence(
            Event.WorkerExited exit, Worker worker, Verdict verdict, Duration now) {
        return new Evidence(
                exit.slot(),
                exit.found().generation(),
                exit.pid(),
                worker.age(now),
                verdict,
                exit.exit().words(),
                exit.found(),
                worker.dump());
    }

    /// An operator's TERM to one worker, say, or it had served the one request that it was for: it
    /// went in order.
    private static boolean wasAskedByOthers(Event.WorkerExited exit, Worker worker) {
        return worker.isReady()
                && exit.last() == WorkerState.DRAINING
                && exit.exit().equals(new Exit.Code(0));
    }

    /// How many slots must have seen an early death before there is no hope: those that were tried
    /// at once. The others would only tell the same.
    private int enough() {
        return Math.min(wanted.number(), current.limits().startsAtOnce());
    }

    /// It is replaced, after a rest if need be; unless there is no hope for any worker.
    private void failed(int slot, Worker worker, String what, boolean killed, Duration now) {
        if (reload.failsWith(worker, killed, now)) {
            orders.say(WARNING, what);
            slots.free(slot);
            reload.fail(what, now);
            return;
        }
        var streak = worker.after(now, Limits.PROVEN);
        if (replace(slot, worker, streak, now)) {
            orders.say(WARNING, what + ", a standby takes its place");
            return;
        }
        if (everReady || slots.failed() < enough()) {
            orders.say(WARNING, what + ", " + streak.words());
            succession.failed(worker);
            return;
        }
        orders.say(WARNING, what);
        ending.giveUp(causes.first(), now);
    }

    /// By a standby at once, if there is one; then its slot waits for the next standby.
    private boolean replace(int slot, Worker worker, Streak streak, Duration now) {
        var promoted =
                worker.isReady() && !worker.isParked()
                        ? standby.replace(streak, now)
                        : Optional.<Integer>empty();
        var parked = worker.isParked() || promoted.isPresent();
        var rest = promoted.isPresent() ? longer(streak.rest(), Limits.BREATH) : streak.rest();
        slots.put(slot, new Seat.Resting(streak, now.plus(rest), parked));
        return promoted.isPresent();
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) > 0 ? one : other;
    }
}
