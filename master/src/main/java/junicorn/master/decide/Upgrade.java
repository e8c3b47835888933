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
/// There is always one that stands for the service: the old one until it is told to stop while an
/// heir lives, the heir from then on.
public final class Upgrade {
    private final Orders orders;
    private Optional<Heir> heir = Optional.empty();
    private boolean starting;
    private boolean aside;
    private boolean returning;
    private boolean leavesWhenReady;
    private boolean handedOver;
    private Optional<Long> elder = Optional.empty();
    private boolean main = true;
    private boolean wondered;

    private record Heir(long pid, boolean ready) {}

    Upgrade(Orders orders) {
        this.orders = orders;
    }

    /// Of an old master and of a new one.
    void heed(Event.OfUpgrade event) {
        switch (event) {
            case Event.HeirStarted(long pid) -> started(pid);
            case Event.HeirFailed(String reason) -> failed(reason);
            case Event.HeirReady _ -> heir.ifPresent(this::ready);
            case Event.HeirExited exit -> exited(exit);
            case Event.ElderThere(long pid) -> {
                elder = Optional.of(pid);
                main = false;
                orders.say(INFO, "this is the new master, the old one serves on pid=" + pid);
            }
            case Event.ElderYielded _ -> main = true;
            case Event.ElderGone _ -> {
                elder = Optional.empty();
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
        if (elder.isPresent()) {
            ignore("USR2", "the old master still runs: TERM ends it");
        } else if (heir.isPresent()) {
            ignore("USR2", "a new master already runs pid=" + heir.get().pid());
        } else if (!starting) {
            starting = true;
            orders.say(INFO, "upgrading signal=USR2: starting a new master");
            orders.startHeir();
        }
    }

    /// WINCH: no workers here, but be ready to come back. A terminal sends it too, when its window
    /// changes.
    private void standAside() {
        if (aside) {
            return;
        }
        if (heir.filter(Heir::ready).isPresent()) {
            aside = true;
            var pid = heir.get().pid();
            orders.say(INFO, "standing aside signal=WINCH: the new master serves pid=" + pid);
        } else if (heir.isPresent()) {
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
        orders.say(INFO, "coming back %s: starting workers as they were".formatted(who));
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
        if (leavesWhenReady || heir.isEmpty() || heir.get().ready()) {
            return false;
        }
        leavesWhenReady = true;
        orders.say(
                INFO,
                "stopping signal=TERM as soon as the new master is ready pid=" + heir.get().pid());
        return true;
    }

    /// The end was put off until now.
    boolean isEndDue() {
        return leavesWhenReady && heir.filter(Heir::ready).isPresent();
    }

    /// This master stops, for whatever reason.
    void leave() {
        if (heir.isEmpty() || handedOver) {
            return;
        }
        handedOver = true;
        var pid = heir.get().pid();
        if (heir.get().ready()) {
            orders.say(INFO, "the new master takes over pid=" + pid);
        } else {
            orders.say(WARNING, "the new master takes over, but is not ready yet pid=" + pid);
        }
        orders.handOver();
    }

    private void started(long pid) {
        starting = false;
        heir = Optional.of(new Heir(pid, false));
        orders.say(INFO, "new master started pid=" + pid);
    }

    private void failed(String reason) {
        starting = false;
        orders.say(ERROR, "no new master, this one serves on: " + reason);
    }

    private void ready(Heir started) {
        heir = Optional.of(new Heir(started.pid(), true));
        orders.say(
                INFO,
                "new master ready pid=%d: WINCH or TERM to this one goes on, TERM to that one back"
                        .formatted(started.pid()));
    }

    private void exited(Event.HeirExited exit) {
        var wasReady = heir.filter(Heir::ready).isPresent();
        heir = Optional.empty();
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
        return elder.isEmpty();
    }

    /// The old master, while it lives.
    Optional<Long> elder() {
        return elder;
    }

    boolean isMain() {
        return main;
    }

    /// Who stands for the service from now on.
    Optional<Long> handedTo() {
        return handedOver ? heir.map(Heir::pid) : Optional.empty();
    }
}
