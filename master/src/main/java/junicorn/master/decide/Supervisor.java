package junicorn.master.decide;

import static java.lang.System.Logger.Level.WARNING;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import junicorn.master.loop.Action;
import junicorn.master.loop.Event;
import junicorn.master.loop.Orders;
import junicorn.master.settings.Limits;
import junicorn.master.settings.MasterSettings;
import junicorn.master.settings.Times;
import junicorn.master.table.Causes;
import junicorn.master.table.Current;
import junicorn.master.table.Pulse;
import junicorn.master.table.Slots;
import junicorn.master.table.Verdict;
import junicorn.os.Signal;
import junicorn.systemd.Standing;
import junicorn.systemd.Standing.Doing;

/// Decides; never acts. An event changes what we want or what we have; then [#reconcile] closes the
/// gap, whatever the event was: there is one way to start a worker and one way to stop it.
///
/// It knows no process, clock or socket. `now` is the master's uptime: monotonic, so no change of
/// clock can look like a timeout.
public final class Supervisor {
    private final Slots slots = new Slots();
    private final Causes causes = new Causes();
    private final Orders orders = new Orders();
    private final Leadership leadership = new Leadership();
    private final Upgrade upgrade = new Upgrade(orders);
    private final Current current;
    private final Wanted wanted;
    private final AutoScale autoScale;
    private final Shutdown shutdown;
    private final Patrol patrol;
    private final MemoryGate gate;
    private final AddressRemoval removal;
    private final Succession succession;
    private final Recycling recycling;
    private final Standby standby;
    private final Reload reload;
    private final Spawning spawning;
    private final WorkerExits exits;
    private final WorkerStartup startup;

    public Supervisor(Limits limits) {
        this.current = new Current(limits);
        this.wanted = new Wanted(current, orders);
        this.autoScale = new AutoScale(current, wanted, slots, orders);
        this.shutdown = new Shutdown(current, slots, orders);
        this.patrol = new Patrol(current, causes, orders);
        this.gate = new MemoryGate(slots, orders);
        this.removal = new AddressRemoval(slots, orders);
        this.succession = new Succession(current, slots, orders, gate, removal);
        this.recycling = new Recycling(current, slots, orders);
        this.standby = new Standby(current, slots, orders);
        this.reload = new Reload(current, wanted, slots, causes, orders, removal);
        var hope = new Hope(current, wanted, slots);
        var gap = new Gap(slots, hope, orders);
        this.spawning = new Spawning(current, slots, succession, reload, hope, gap, orders);
        this.exits =
                new WorkerExits(
                        slots, causes, orders, hope, gap, shutdown, succession, reload, standby);
        this.startup = new WorkerStartup(slots, causes, orders, reload, hope);
    }

    public List<Action> decide(Event event, Duration now) {
        switch (event) {
            case Event.Started _, Event.Asked _ -> {}
            case Event.SignalReceived(Signal signal) -> obey(signal, now);
            case Event.WorkerStarted(int slot, long pid) -> startup.started(slot, pid);
            case Event.SendFailed(int slot) ->
                    slots.worker(slot).ifPresent(it -> it.notKilled(now.plus(Limits.PATROL)));
            case Event.HeldUp(Duration late) -> patrol.heldUp(slots.workers().values(), late, now);
            case Event.SpawnFailed(int slot, String reason) -> exits.spawnFailed(slot, reason, now);
            case Event.WorkerReady(int slot, long pid, long millis) -> {
                startup.ready(slot, pid, millis, now);
                upgrade.cameBack();
            }
            case Event.WorkerYielded(int slot, long pid) -> leadership.yielded(slot, pid, slots);
            case Event.BootFailed failure -> startup.bootFailed(failure, now);
            case Event.WorkerExplained(int slot, long pid, String dump) ->
                    slots.worker(slot, pid).ifPresent(worker -> worker.explained(dump));
            case Event.WorkerUnfit(int slot, long pid, String reason) -> unfit(slot, pid, reason);
            case Event.WorkerTired(int slot, long pid, String reason) ->
                    slots.worker(slot, pid).ifPresent(it -> recycling.tired(it, reason));
            case Event.WorkerExited exit -> exits.exited(exit, now);
            case Event.Plan plan -> plan(plan, now);
            case Event.OfUpgrade upgraded -> {
                upgrade.heed(upgraded);
                if (upgrade.isEndDue()) {
                    shutdown.settle(now);
                }
            }
            case Event.TimerFired timer -> visit(timer, now);
        }
        reconcile(now);
        return orders.take();
    }

    public boolean finished() {
        return shutdown.isOver();
    }

    /// Those that have a worker that is to stay or to stand by, or wait for one that is to stay.
    public Set<Integer> slotsInUse() {
        return slots.inUse();
    }

    /// As many as [#slotsInUse] when nothing changes any more.
    public int slotsWanted() {
        return wanted.number() + slots.parked();
    }

    /// Those that workers may still be started with, or accept by.
    public Set<Long> generationsInUse() {
        var used = slots.generations();
        used.add(current.generation());
        used.addAll(reload.spare());
        return used;
    }

    /// The master that this one is to replace, while it lives.
    public Optional<Long> oldMaster() {
        return upgrade.oldMaster();
    }

    /// How the number of workers comes about.
    public ScaleView scaling() {
        return autoScale.view();
    }

    /// Of the process: 1 if no worker has ever become ready.
    public int exitCode() {
        return shutdown.exitCode();
    }

    /// For the service manager.
    public Standing standing() {
        return new Standing(
                upgrade.isMain(), upgrade.handedTo(), doing(), slots.ready(), wanted.number());
    }

    private Doing doing() {
        if (!shutdown.isFar()) {
            return Doing.STOPPING;
        }
        return reload.isUnderWay() || upgrade.isReturning() ? Doing.RELOADING : Doing.SERVING;
    }

    /// Who is where.
    public Census census(Duration now) {
        return Census.of(slots, leadership, current.generation(), wanted.number(), now);
    }

    /// How long nothing needs to be decided, if nothing happens.
    public Duration patience(Duration now) {
        if (shutdown.settles() || removal.isUnderWay()) {
            return Limits.QUIET_LOOK;
        }
        return Times.shorter(spawning.patience(now), autoScale.patience());
    }

    private void obey(Signal signal, Duration now) {
        switch (signal) {
            case TERM -> {
                if (!upgrade.postponesEnd()) {
                    shutdown.settle(now);
                }
            }
            case INT -> shutdown.leaveAtOnce(now);
            case TTIN -> shift(1);
            case TTOU -> shift(-1);
            case USR2, WINCH -> upgrade(signal);
            case HUP -> reload("signal=HUP", now);
            case USR1 -> orders.reopenLogs();
            case CHLD -> {}
            default ->
                    orders.say(
                            WARNING, "signal=%s is not available yet, ignored".formatted(signal));
        }
    }

    /// A server that stops starts no new master.
    private void upgrade(Signal signal) {
        if (shutdown.isFar()) {
            upgrade.obey(signal);
        }
    }

    private void reload(String who, Duration now) {
        if (!shutdown.isFar()) {
            orders.reloadEnded(false, false, "the server stops");
        } else if (!upgrade.comesBack(who)) {
            reload.ask(who, now);
        }
    }

    private void plan(Event.Plan plan, Duration now) {
        if (!shutdown.isFar()) {
            return; // what is planned now will not be
        }
        switch (plan) {
            case Event.ReloadWanted(String who) -> reload(who, now);
            case Event.WorkersWanted(int number) -> want(number);
            case Event.ReloadRead(MasterSettings settings) -> reload.read(settings);
            case Event.ReloadRefused(String reason) -> reload.refused(reason);
            case Event.GenerationPrepared prepared -> reload.prepared(prepared, now);
            case Event.Weighed weighed -> {
                autoScale.weighed(weighed, now);
                gate.weighed(weighed);
                recycling.weighed(weighed);
            }
        }
    }

    private void shift(int difference) {
        if (shutdown.isFar()) {
            wanted.shift(difference);
        }
    }

    private void want(int number) {
        if (shutdown.isFar()) {
            wanted.become(number);
        }
    }

    private void unfit(int slot, long pid, String reason) {
        if (shutdown.isFar()) {
            slots.worker(slot, pid)
                    .ifPresent(
                            worker -> {
                                worker.blame(Verdict.Kind.UNFIT, reason);
                                succession.unfit(slot, worker, reason);
                            });
        }
    }

    private void visit(Event.TimerFired timer, Duration now) {
        slots.workers()
                .forEach(
                        (slot, worker) -> {
                            var pulse = timer.pulses().getOrDefault(slot, Pulse.NONE);
                            patrol.visit(slot, worker, pulse, now);
                        });
        shutdown.visit(timer.clientsWait(), now);
        removal.visit(timer.leftWait(), now);
        if (shutdown.isFar() && !upgrade.isAside()) {
            autoScale.visit(timer, now);
        }
        recycling.visit(now);
        gate.visit();
    }

    private void reconcile(Duration now) {
        if (shutdown.isFar()) {
            serve(upgrade.isAside() ? 0 : wanted.number(), now);
        } else {
            upgrade.leave();
            reload.giveUp();
            shutdown.reconcile();
        }
        slots.workers().forEach((slot, worker) -> patrol.insist(slot, worker, now));
    }

    private void serve(int workers, Duration now) {
        while (slots.staying() > workers) {
            succession.dismiss(slots.mostDispensable().orElseThrow(), now);
        }
        recycling.next();
        standby.fill(workers, now);
        succession.release(workers, now);
        if (!reload.isRolling() || workers == 0) {
            standby.trim(workers, now);
        } else {
            standby.help(workers, now);
        }
        spawning.fill(workers, now);
        if (upgrade.mayLead()) {
            leadership.fill(slots, orders);
        }
        reload.reconcile(now);
    }
}
