package junicorn.master.decide;

import static java.lang.System.Logger.Level.DEBUG;
import static java.lang.System.Logger.Level.ERROR;
import static java.lang.System.Logger.Level.INFO;
import static java.lang.System.Logger.Level.WARNING;

import java.util.Optional;
import junicorn.master.loop.Event;
import junicorn.master.loop.Orders;
import junicorn.os.Signal;

/// Two masters side by side, from USR2 to the end of one of them: what the old one and the new one
/// do about each other. Decides; never acts.
///
/// There is always one that stands for the service: the old one until it is told to stop while a
/// new master lives, the new one from then on.
public final class Upgrade {
    private final Orders orders;
    private Optional<Candidate> newMaster = Optional.empty();
    private boolean starting;
    private boolean aside;
    private boolean returning;
    private boolean leavesWhenReady;
    private boolean handedOver;
    private Optional<Long> oldMaster = Optional.empty();
    private boolean main = true;
    private boolean wondered;

    private record Candidate(long pid, boolean ready) {}

    Upgrade(Orders orders) {
        this.orders = orders;
    }

    /// Of an old master and of a new one.
    void heed(Event.OfUpgrade event) {
        switch (event) {
            case Event.NewMasterStarted(long pid) -> started(pid);
            case Event.NewMasterFailed(String reason) -> failed(reason);
            case Event.NewMasterReady _ -> newMaster.ifPresent(this::ready);
            case Event.NewMasterExited exit -> exited(exit);
            case Event.OldMasterThere(long pid) -> {
                oldMaster = Optional.of(pid);
                main = false;
                orders.say(INFO, "this is the new master, the old one is still serving pid=" + pid);
            }
            case Event.OldMasterYielded _ -> main = true;
            case Event.OldMasterGone _ -> {
                oldMaster = Optional.empty();
                main = true;
                orders.say(INFO, "the old master is gone, this one has taken over");
            }
        }
    }

    /// USR2 or WINCH, to a master that does not stop.
    void obey(Signal signal) {
        if (signal == Signal.USR2) {
            begin();
        } else {
            standAside();
        }
    }

    /// USR2: start a new master.
    private void begin() {
        if (oldMaster.isPresent()) {
            ignore("USR2", "the old master still runs: TERM ends it");
        } else if (newMaster.isPresent()) {
            ignore("USR2", "a new master already runs pid=" + newMaster.get().pid());
        } else if (!starting) {
            starting = true;
            orders.say(INFO, "upgrading signal=USR2: starting a new master");
            orders.startNewMaster();
        }
    }

    /// WINCH: no workers here, but be ready to come back. A terminal sends it too, when its window
    /// changes.
    private void standAside() {
        if (aside) {
            return;
        }
        if (newMaster.filter(Candidate::ready).isPresent()) {
            aside = true;
            var pid = newMaster.get().pid();
            orders.say(INFO, "standing aside signal=WINCH: the new master serves pid=" + pid);
        } else if (newMaster.isPresent()) {
            ignore("WINCH", "the new master is not ready yet");
        } else {
            orders.say(
                    wondered ? DEBUG : INFO,
                    "signal=WINCH ignored: it is for a master that USR2 has given a new one");
            wondered = true;
        }
    }

    /// A reload: after WINCH it brings the workers back, as they were.
    ///
    /// @return false if there is nothing to come back from
    boolean comesBack(String who) {
        if (!aside) {
            return false;
        }
        aside = false;
        returning = true;
        orders.say(INFO, "returning to service %s: starting workers again".formatted(who));
        return true;
    }

    /// A worker is ready.
    void cameBack() {
        if (returning) {
            returning = false;
            orders.reloadEnded(false, true, "this master serves again");
        }
    }

    /// Asked to come back, and nobody is ready yet.
    boolean isReturning() {
        return returning;
    }

    /// TERM: whether this master waits with its end until the new one is ready. Asked a second time
    /// it does not.
    boolean postponesEnd() {
        if (leavesWhenReady || newMaster.isEmpty() || newMaster.get().ready()) {
            return false;
        }
        leavesWhenReady = true;
        orders.say(
                INFO,
                "stopping signal=TERM as soon as the new master is ready pid="
                        + newMaster.get().pid());
        return true;
    }

    /// The end was put off until now.
    boolean isEndDue() {
        return leavesWhenReady && newMaster.filter(Candidate::ready).isPresent();
    }

    /// This master stops, for whatever reason.
    void leave() {
        if (newMaster.isEmpty() || handedOver) {
            return;
        }
        handedOver = true;
        var pid = newMaster.get().pid();
        if (newMaster.get().ready()) {
            orders.say(INFO, "the new master takes over pid=" + pid);
        } else {
            orders.say(WARNING, "the new master takes over, but is not ready yet pid=" + pid);
        }
        orders.handOver();
    }

    private void started(long pid) {
        starting = false;
        newMaster = Optional.of(new Candidate(pid, false));
        orders.say(INFO, "new master started pid=" + pid);
    }

    private void failed(String reason) {
        starting = false;
        orders.say(ERROR, "no new master, this one keeps serving: " + reason);
    }

    private void ready(Candidate started) {
        newMaster = Optional.of(new Candidate(started.pid(), true));
        orders.say(
                INFO,
                "new master ready pid=%d: TERM this one to complete the upgrade (WINCH: keep it as a fallback), TERM the new one to go back"
                        .formatted(started.pid()));
    }

    private void exited(Event.NewMasterExited exit) {
        var wasReady = newMaster.filter(Candidate::ready).isPresent();
        newMaster = Optional.empty();
        orders.say(
                wasReady ? WARNING : ERROR,
                "new master ended%s %s pid=%d, %s"
                        .formatted(
                                wasReady ? "" : " before it was ready",
                                exit.exit().words(),
                                exit.pid(),
                                consequence()));
        aside = false;
        leavesWhenReady = false;
    }

    private String consequence() {
        if (handedOver) {
            return "nobody serves from now on";
        }
        return aside ? "starting workers again" : "this one serves on";
    }

    private void ignore(String signal, String why) {
        orders.say(WARNING, "signal=%s ignored: %s".formatted(signal, why));
    }

    /// No workers are wanted here.
    boolean isAside() {
        return aside;
    }

    /// The old master's workers may have a leader.
    boolean mayLead() {
        return oldMaster.isEmpty();
    }

    /// The old master, while it lives.
    Optional<Long> oldMaster() {
        return oldMaster;
    }

    boolean isMain() {
        return main;
    }

    /// Who stands for the service from now on.
    Optional<Long> handedTo() {
        return handedOver ? newMaster.map(Candidate::pid) : Optional.empty();
    }
}
