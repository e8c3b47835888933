package junicorn.master;

import static java.lang.System.Logger.Level.ERROR;
import static java.lang.System.Logger.Level.INFO;
import static java.lang.System.Logger.Level.WARNING;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import junicorn.os.Signal;
import junicorn.systemd.Standing;
import junicorn.systemd.Standing.Doing;

/// Decides; never acts. An event changes what we want or what we have; then [#reconcile] closes the
/// gap, whatever the event was: there is one way to start a worker and one way to stop it.
///
/// It knows no process, clock or socket. `now` is the master's uptime: monotonic, so no change of
/// clock can look like a timeout.
final class Supervisor {
    private final Slots slots = new Slots();
    private final Causes causes = new Causes();
    private final Orders orders = new Orders();
    private final Leadership leadership = new Leadership();
    private final Upgrade upgrade = new Upgrade(orders);
    private final Current current;
    private final Wanted wanted;
    private final Scale scale;
    private final Ending ending;
    private final Patrol patrol;
    private final Succession succession;
    private final Starts starts;
    private final Deaths deaths;

    Supervisor(Limits limits) {
        this.current = new Current(limits);
        this.wanted = new Wanted(current, orders);
        this.scale = new Scale(current, wanted, slots, orders);
        this.ending = new Ending(current, slots, orders);
        this.patrol = new Patrol(current, causes, orders);
        this.succession = new Succession(current, slots, orders);
        this.starts = new Starts(current, slots, succession, orders);
        this.deaths = new Deaths(current, slots, causes, orders, wanted, ending, succession);
    }

    List<Action> decide(Event event, Duration now) {
        switch (event) {
            case Event.Started _, Event.Asked _ -> {}
            case Event.SignalReceived(Signal signal) -> obey(signal, now);
            case Event.WorkerStarted(int slot, long pid) -> started(slot, pid);
            case Event.SpawnFailed(int slot, String reason) ->
                    deaths.spawnFailed(slot, reason, now);
            case Event.WorkerReady(int slot, long pid, long millis) ->
                    ready(slot, pid, millis, now);
            case Event.WorkerYielded(int slot, long pid) -> leadership.yielded(slot, pid, slots);
            case Event.BootFailed failure -> bootFailed(failure, now);
            case Event.WorkerUnfit(int slot, long pid, String reason) -> unfit(slot, pid, reason);
            case Event.WorkerTired(int slot, long pid, String reason) -> unfit(slot, pid, reason);
            case Event.WorkerExited exit -> deaths.exited(exit, now);
            case Event.Plan plan -> plan(plan, now);
            case Event.OfUpgrade upgraded -> {
                upgrade.heed(upgraded);
                if (upgrade.isEndDue()) {
                    ending.settle(now);
                }
            }
            case Event.TimerFired timer -> visit(timer, now);
        }
        reconcile(now);
        return orders.take();
    }

    private void plan(Event.Plan plan, Duration now) {
        switch (plan) {
            case Event.ReloadWanted _ -> reload("asked by the operator");
            case Event.WorkersWanted(int number) -> want(number);
            case Event.ReloadRead _, Event.ReloadRefused _, Event.GenerationPrepared _ -> {}
            case Event.Weighed weights -> scale.weighed(weights, now);
        }
    }

    boolean finished() {
        return ending.isOver();
    }

    /// Those that have a worker that is to stay, or wait for one.
    Set<Integer> slotsInUse() {
        return slots.stayingSlots().collect(Collectors.toSet());
    }

    /// How the number of workers comes about.
    ScaleView scaling() {
        return scale.view();
    }

    /// Of the process: 1 if no worker has ever become ready.
    int exitCode() {
        return ending.exitCode();
    }

    /// For the service manager.
    Standing standing() {
        var doing = ending.isFar() ? Doing.SERVING : Doing.STOPPING;
        return new Standing(
                upgrade.isMain(), upgrade.handedTo(), doing, slots.ready(), wanted.number());
    }

    /// Who is where.
    Census census(Duration now) {
        return Census.of(slots, leadership, current.generation(), wanted.number(), now);
    }

    /// How long nothing needs to be decided, if nothing happens.
    Duration patience(Duration now) {
        if (ending.settles()) {
            return Limits.QUIET_LOOK;
        }
        var patience = starts.patience(now);
        return patience.compareTo(scale.patience()) < 0 ? patience : scale.patience();
    }

    private void obey(Signal signal, Duration now) {
        switch (signal) {
            case TERM -> {
                if (!upgrade.postponesEnd()) {
                    ending.settle(now);
                }
            }
            case INT -> ending.leaveAtOnce(now);
            case TTIN -> shift(1);
            case TTOU -> shift(-1);
            case USR2, WINCH -> upgrade(signal);
            case HUP -> {
                if (!(ending.isFar() && upgrade.comeBack())) {
                    reload("signal=HUP");
                }
            }
            case USR1 -> orders.reopenLogs();
            case CHLD -> {}
            default ->
                    orders.say(
                            WARNING, "signal=%s is not available yet, ignored".formatted(signal));
        }
    }

    /// A server that stops makes no heir.
    private void upgrade(Signal signal) {
        if (ending.isFar()) {
            upgrade.obey(signal);
        }
    }

    private void reload(String why) {
        orders.say(WARNING, "%s is not available yet, ignored".formatted(why));
    }

    private void shift(int difference) {
        if (ending.isFar()) {
            wanted.shift(difference);
        }
    }

    private void want(int number) {
        if (ending.isFar()) {
            wanted.become(number);
        }
    }

    private void started(int slot, long pid) {
        slots.worker(slot).ifPresent(worker -> worker.started(pid));
        orders.say(INFO, "worker %d started pid=%d".formatted(slot, pid));
    }

    private void ready(int slot, long pid, long startMillis, Duration now) {
        slots.worker(slot, pid)
                .ifPresent(
                        worker -> {
                            worker.ready(now);
                            deaths.hope();
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
                            worker.blame(Verdict.Kind.BOOT_FAILED, failure.reason());
                            worker.explained(failure.stack());
                            orders.say(
                                    ERROR,
                                    causes.tell(failure.slot(), failure.reason(), failure.stack()));
                        });
    }

    private void unfit(int slot, long pid, String reason) {
        if (ending.isFar()) {
            slots.worker(slot, pid).ifPresent(worker -> succession.unfit(slot, worker, reason));
        }
    }

    private void visit(Event.TimerFired timer, Duration now) {
        slots.workers()
                .forEach(
                        (slot, worker) -> {
                            var pulse = timer.pulses().getOrDefault(slot, Pulse.NONE);
                            patrol.visit(slot, worker, pulse, now);
                        });
        ending.visit(timer.clientsWait(), now);
        if (ending.isFar() && !upgrade.isAside()) {
            scale.visit(timer, now);
        }
    }

    private void reconcile(Duration now) {
        if (ending.isFar()) {
            var here = upgrade.isAside() ? 0 : wanted.number();
            while (slots.staying() > here) {
                dismiss(slots.highestStaying().orElseThrow(), now);
            }
            succession.release(here, now);
            starts.fill(here, now);
            if (upgrade.mayLead()) {
                leadership.fill(slots, orders);
            }
        } else {
            upgrade.leave();
            ending.reconcile();
        }
        slots.workers().forEach((slot, worker) -> patrol.insist(slot, worker, now));
    }

    private void dismiss(int slot, Duration now) {
        slots.worker(slot)
                .ifPresentOrElse(
                        worker -> {
                            orders.say(
                                    INFO, "worker %d retires pid=%d".formatted(slot, worker.pid()));
                            var killAt = now.plus(current.limits().gracefulTimeout());
                            orders.retire(slot, worker, Signal.TERM, killAt);
                        },
                        () -> slots.free(slot));
    }
}
