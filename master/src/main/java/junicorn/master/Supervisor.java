package junicorn.master;

import static java.lang.System.Logger.Level.DEBUG;
import static java.lang.System.Logger.Level.ERROR;
import static java.lang.System.Logger.Level.INFO;
import static java.lang.System.Logger.Level.WARNING;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import junicorn.os.Exit;
import junicorn.os.Signal;
import junicorn.scoreboard.WorkerState;

/// Decides; never acts. An event changes what we want or what we have; then [#reconcile] closes the
/// gap, whatever the event was: there is one way to start a worker and one way to stop it.
///
/// It knows no process, clock or socket. `now` is the master's uptime: monotonic, so no change of
/// clock can look like a timeout.
final class Supervisor {
    private final Limits limits;
    private final Slots slots = new Slots();
    private final Causes causes = new Causes();
    private final Orders orders = new Orders();
    private final Leadership leadership = new Leadership();
    private final Patrol patrol;
    private final Starts starts;
    private final Succession succession;
    private int wanted;
    private Phase phase = new Phase.Serving();
    private boolean everReady;
    private int exitCode;

    Supervisor(Limits limits) {
        this.limits = limits;
        this.patrol = new Patrol(limits, causes, orders);
        this.succession = new Succession(slots, orders, limits.gracefulTimeout());
        this.starts = new Starts(limits, slots, succession, orders);
        this.wanted = limits.workers();
    }

    List<Action> decide(Event event, Duration now) {
        switch (event) {
            case Event.Started _ -> {}
            case Event.SignalReceived(Signal signal) -> obey(signal, now);
            case Event.WorkerStarted(int slot, long pid) -> started(slot, pid);
            case Event.SpawnFailed(int slot, String reason) -> spawnFailed(slot, reason, now);
            case Event.WorkerReady(int slot, long pid, long millis) ->
                    ready(slot, pid, millis, now);
            case Event.WorkerYielded(int slot, long pid) -> leadership.yielded(slot, pid, slots);
            case Event.BootFailed failure -> bootFailed(failure, now);
            case Event.WorkerUnfit(int slot, long pid, String reason) -> unfit(slot, pid, reason);
            case Event.WorkerExited exit -> exited(exit, now);
            case Event.TimerFired timer -> visit(timer, now);
        }
        reconcile(now);
        return orders.take();
    }

    boolean finished() {
        return phase instanceof Phase.Leaving && slots.workers().isEmpty();
    }

    /// Those that have a worker that is to stay, or wait for one.
    Set<Integer> slotsInUse() {
        return slots.stayingSlots().collect(Collectors.toSet());
    }

    /// Of the process: 1 if no worker has ever become ready.
    int exitCode() {
        return exitCode;
    }

    /// How long nothing needs to be decided, if nothing happens.
    Duration patience(Duration now) {
        if (phase instanceof Phase.Settling) {
            return Limits.QUIET_LOOK;
        }
        return starts.patience(now);
    }

    private void obey(Signal signal, Duration now) {
        switch (signal) {
            case TERM -> settle(now);
            case INT -> leaveAtOnce(now);
            case TTIN -> want(wanted + 1);
            case TTOU -> want(wanted - 1);
            case CHLD -> {}
            default ->
                    orders.say(
                            WARNING, "signal=%s is not available yet, ignored".formatted(signal));
        }
    }

    private void want(int number) {
        if (!(phase instanceof Phase.Serving)) {
            return;
        }
        var possible = Math.clamp(number, 1, limits.workersMax());
        orders.say(INFO, "workers wanted=%d, before=%d".formatted(possible, wanted));
        wanted = possible;
    }

    private void started(int slot, long pid) {
        slots.worker(slot).ifPresent(worker -> worker.started(pid));
        orders.say(INFO, "worker %d started pid=%d".formatted(slot, pid));
    }

    private void spawnFailed(int slot, String reason, Duration now) {
        causes.note(slot, reason);
        slots.worker(slot)
                .ifPresent(
                        worker -> {
                            var what = "worker %d not started: %s".formatted(slot, reason);
                            failed(slot, worker, what, now);
                        });
    }

    private void ready(int slot, long pid, long startMillis, Duration now) {
        slots.worker(slot, pid)
                .ifPresent(
                        worker -> {
                            worker.ready(now);
                            everReady = true;
                            var boot = Words.of(Duration.ofMillis(startMillis));
                            orders.say(
                                    INFO,
                                    "worker %d ready pid=%d boot=%s".formatted(slot, pid, boot));
                        });
    }

    private void bootFailed(Event.BootFailed failure, Duration now) {
        slots.worker(failure.slot(), failure.pid())
                .ifPresent(
                        worker -> {
                            worker.condemn(now.plus(Limits.EXIT));
                            orders.say(
                                    ERROR,
                                    causes.tell(failure.slot(), failure.reason(), failure.stack()));
                        });
    }

    private void unfit(int slot, long pid, String reason) {
        if (phase instanceof Phase.Serving) {
            slots.worker(slot, pid).ifPresent(worker -> succession.unfit(slot, worker, reason));
        }
    }

    private void exited(Event.WorkerExited exit, Duration now) {
        slots.worker(exit.slot(), exit.pid()).ifPresent(worker -> buried(exit, worker, now));
    }

    private void buried(Event.WorkerExited exit, Worker worker, Duration now) {
        var slot = exit.slot();
        var facts =
                "%s pid=%d up=%s"
                        .formatted(exit.exit().words(), exit.pid(), Words.of(worker.age(now)));
        if (worker.isRetiring()) {
            slots.free(slot);
            orders.say(INFO, "worker %d stopped %s".formatted(slot, facts));
        } else if (!(phase instanceof Phase.Serving) || worker.isOutgoing()) {
            slots.free(slot);
            orders.say(WARNING, "worker %d died %s".formatted(slot, facts));
        } else if (wasAskedByOthers(exit, worker)) {
            orders.say(INFO, "worker %d stopped %s, restarting".formatted(slot, facts));
            slots.put(slot, new Seat.Resting(Streak.NONE, now));
        } else {
            var what = "worker %d died %s".formatted(slot, facts);
            if (!worker.isReady() && causes.areUnknown()) {
                causes.note(slot, what);
            }
            failed(slot, worker, what, now);
        }
    }

    /// An operator's TERM to one worker, say: it finished its requests and went in order.
    private static boolean wasAskedByOthers(Event.WorkerExited exit, Worker worker) {
        return worker.isReady()
                && exit.last() == WorkerState.DRAINING
                && exit.exit().equals(new Exit.Code(0));
    }

    /// It is replaced, after a rest if need be; unless there is no hope for any worker.
    private void failed(int slot, Worker worker, String what, Duration now) {
        var streak = worker.after(now, Limits.PROVEN);
        slots.put(slot, new Seat.Resting(streak, now.plus(streak.rest())));
        if (everReady || slots.staying() < wanted || !slots.allFailed()) {
            orders.say(WARNING, what + ", " + streak.words());
            succession.failed(worker);
            return;
        }
        orders.say(WARNING, what);
        orders.say(ERROR, "giving up, no worker has become ready: %s".formatted(causes.first()));
        exitCode = 1;
        leave(true, now.plus(Limits.QUICK));
    }

    /// Graceful: first no new clients, then, when the last of the old is accepted, no more workers.
    private void settle(Duration now) {
        if (!(phase instanceof Phase.Serving)) {
            return;
        }
        var grace = limits.gracefulTimeout();
        orders.say(
                INFO,
                "stopping signal=TERM: serving who is connected, for %s at most"
                        .formatted(Words.of(grace)));
        orders.refuseNew();
        slots.forgetResting();
        slots.workers()
                .forEach(
                        (slot, worker) -> {
                            if (!worker.isReady()) {
                                orders.retire(slot, worker, Signal.TERM, now.plus(grace));
                            }
                        });
        var last = grace.multipliedBy(9).dividedBy(10); // a tenth is left for the last requests
        phase = new Phase.Settling(now, now.plus(last), now.plus(grace));
    }

    private void settled(Phase.Settling settling, boolean clientsWait, Duration now) {
        if (now.compareTo(settling.until()) >= 0) {
            orders.say(WARNING, "clients still wait to be accepted, but time is up");
            leave(false, settling.killAt());
        } else if (clientsWait) {
            phase = new Phase.Settling(now, settling.until(), settling.killAt());
        } else if (now.minus(settling.quietSince()).compareTo(Limits.QUIET) >= 0) {
            leave(false, settling.killAt());
        }
    }

    private void leaveAtOnce(Duration now) {
        if (!(phase instanceof Phase.Leaving(boolean quick) && quick)) {
            orders.say(INFO, "stopping at once signal=INT");
            leave(true, now.plus(Limits.QUICK));
        }
    }

    private void leave(boolean quick, Duration killAt) {
        slots.forgetResting();
        slots.workers()
                .forEach(
                        (slot, worker) -> {
                            if (quick || !worker.isRetiring()) {
                                orders.retire(
                                        slot, worker, quick ? Signal.INT : Signal.TERM, killAt);
                            }
                        });
        if (!(phase instanceof Phase.Leaving)) {
            orders.closeListeners();
        }
        phase = new Phase.Leaving(quick);
        orders.say(DEBUG, "asked %d workers to stop".formatted(slots.workers().size()));
    }

    private void visit(Event.TimerFired timer, Duration now) {
        slots.workers()
                .forEach(
                        (slot, worker) -> {
                            var pulse = timer.pulses().getOrDefault(slot, Pulse.NONE);
                            patrol.visit(slot, worker, pulse, now);
                        });
        if (phase instanceof Phase.Settling settling) {
            settled(settling, timer.clientsWait(), now);
        }
    }

    private void reconcile(Duration now) {
        if (phase instanceof Phase.Serving) {
            while (slots.staying() > wanted) {
                dismiss(slots.highestStaying().orElseThrow(), now);
            }
            succession.release(wanted, now);
            starts.fill(wanted, now);
            leadership.fill(slots, orders);
        } else if (phase instanceof Phase.Settling(_, _, Duration killAt) && !slots.serve()) {
            leave(false, killAt);
        }
        slots.workers().forEach((slot, worker) -> patrol.insist(slot, worker, now));
    }

    private void dismiss(int slot, Duration now) {
        slots.worker(slot)
                .ifPresentOrElse(
                        worker -> {
                            orders.say(
                                    INFO, "worker %d retires pid=%d".formatted(slot, worker.pid()));
                            var killAt = now.plus(limits.gracefulTimeout());
                            orders.retire(slot, worker, Signal.TERM, killAt);
                        },
                        () -> slots.free(slot));
    }
}
