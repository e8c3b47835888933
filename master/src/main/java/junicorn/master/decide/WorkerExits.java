package junicorn.master.decide;

import static java.lang.System.Logger.Level.INFO;
import static java.lang.System.Logger.Level.WARNING;

import java.time.Duration;
import java.util.Optional;
import junicorn.master.loop.Event;
import junicorn.master.loop.Orders;
import junicorn.master.settings.Limits;
import junicorn.master.settings.Words;
import junicorn.master.table.Causes;
import junicorn.master.table.CrashBackoff;
import junicorn.master.table.Evidence;
import junicorn.master.table.Seat;
import junicorn.master.table.Slots;
import junicorn.master.table.Verdict;
import junicorn.master.table.Worker;
import junicorn.os.Exit;
import junicorn.scoreboard.WorkerState;

/// What becomes of a slot whose worker ended, or was not even spawned.
final class WorkerExits {
    private final Slots slots;
    private final Causes causes;
    private final Orders orders;
    private final Hope hope;
    private final Gap gap;
    private final Shutdown shutdown;
    private final Succession succession;
    private final Reload reload;
    private final Standby standby;

    WorkerExits(
            Slots slots,
            Causes causes,
            Orders orders,
            Hope hope,
            Gap gap,
            Shutdown shutdown,
            Succession succession,
            Reload reload,
            Standby standby) {
        this.slots = slots;
        this.causes = causes;
        this.orders = orders;
        this.hope = hope;
        this.gap = gap;
        this.shutdown = shutdown;
        this.succession = succession;
        this.reload = reload;
        this.standby = standby;
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
                                failed(slot, worker, what, Blame.ITS_OWN, now);
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
        } else if (!shutdown.isFar() || worker.isOutgoing()) {
            slots.free(slot);
            orders.say(WARNING, "worker %d died %s".formatted(slot, facts));
        } else if (wasAskedByOthers(exit, worker)) {
            orders.say(INFO, "worker %d stopped %s, restarting".formatted(slot, facts));
            replace(slot, worker, CrashBackoff.NONE, now);
        } else {
            var what = "worker %d died %s".formatted(slot, facts);
            if (!worker.isReady() && causes.areUnknown()) {
                causes.note(slot, what);
            }
            failed(slot, worker, what, Blame.of(exit, worker), now);
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

    /// It is replaced, after a rest if need be; unless there is no hope for any worker.
    private void failed(int slot, Worker worker, String what, Blame blame, Duration now) {
        if (reload.failsWith(worker, blame != Blame.ITS_OWN, now)) {
            orders.say(WARNING, what);
            slots.free(slot);
            reload.fail(what, now);
            return;
        }
        var backoff =
                blame == Blame.OTHERS
                        ? CrashBackoff.afterAnothersKill(worker, now)
                        : CrashBackoff.after(worker, now);
        if (replace(slot, worker, backoff, now)) {
            orders.say(WARNING, what + ", a standby takes its place");
            return;
        }
        if (!hope.isLost()) {
            orders.say(WARNING, what + ", " + backoff.words(pause(slot, now)));
            succession.failed(worker);
            return;
        }
        orders.say(WARNING, what);
        shutdown.giveUp(causes.first(), now);
    }

    /// By a standby at once, if there is one; then its slot waits for the next standby.
    private boolean replace(int slot, Worker worker, CrashBackoff backoff, Duration now) {
        var promoted =
                !worker.isParked() ? standby.replace(backoff, now) : Optional.<Integer>empty();
        var parked = worker.isParked() || promoted.isPresent();
        var due = gap.limit(backoff.rest(), slot, worker.isReady(), now);
        var rest = parked ? backoff.rest() : due;
        var resting = new Seat.Resting(backoff, now.plus(rest), parked, worker.isReady());
        slots.put(slot, promoted.isPresent() ? resting.parked(now.plus(Limits.BREATH)) : resting);
        return promoted.isPresent();
    }

    private Duration pause(int slot, Duration now) {
        return slots.restEnd(slot).map(end -> end.minus(now)).orElse(Duration.ZERO);
    }
}
