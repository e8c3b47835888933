package junicorn.master.upgrade;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import junicorn.master.listen.Inheritance;
import junicorn.master.listen.Listeners;
import junicorn.master.loop.Action;
import junicorn.master.loop.Event;
import junicorn.master.loop.Inbox;
import junicorn.master.settings.Invocation;
import junicorn.systemd.Standing;

/// The other master, while there is one: performs what [Upgrade] decides, and keeps track of which
/// sockets both serve. All methods are the loop's.
public final class OtherMaster {
    private final Invocation invocation;
    private final Optional<Inheritance> inheritance;
    private final Listeners listeners;
    private final Inbox inbox;
    private final PidFile pidFile;
    private final Optional<OldMaster> oldMaster;
    private Optional<NewMaster> newMaster = Optional.empty();
    private boolean serves;
    private boolean readySaid;

    /// @param inheritance if an old master started this one
    public OtherMaster(
            Invocation invocation,
            Optional<Inheritance> inheritance,
            Listeners listeners,
            Inbox inbox,
            PidFile pidFile) {
        this.invocation = invocation;
        this.inheritance = inheritance;
        this.listeners = listeners;
        this.inbox = inbox;
        this.pidFile = pidFile;
        oldMaster = inheritance.map(it -> OldMaster.of(it, inbox));
        inheritance.ifPresent(it -> inbox.first(new Event.OldMasterThere(it.oldMasterPid())));
    }

    /// What goes wrong comes back as an event.
    public void perform(Action.OfUpgrade action) {
        switch (action) {
            case Action.StartNewMaster() -> inbox.first(startNewMaster());
            case Action.HandOver() -> newMaster.ifPresent(NewMaster::takesOver);
        }
    }

    private Event startNewMaster() {
        var shares = listeners.shares();
        try {
            var started = NewMaster.start(invocation, shares, inbox);
            newMaster = Optional.of(started);
            listeners.shareWithAnother(shares.keySet()); // until it says which it wants
            return new Event.NewMasterStarted(started.pid());
        } catch (NewMaster.NewMasterFailed failed) {
            return new Event.NewMasterFailed(String.valueOf(failed.getMessage()));
        }
    }

    /// How far this one is. Who waits for a start is told, once, when it serves at all; the old
    /// master when all workers are ready: then it may let its own go.
    public void ready(Standing standing) {
        if (!serves && standing.ready() > 0) {
            serves = true;
            invocation.serves().run();
        }
        if (!readySaid && standing.ready() > 0 && standing.ready() >= standing.wanted()) {
            readySaid = true;
            oldMaster.ifPresent(it -> it.ready(adopted()));
        }
    }

    private Set<String> adopted() {
        var keys = new HashSet<>(listeners.shares().keySet());
        keys.retainAll(inheritance.map(it -> it.sockets().keySet()).orElse(Set.of()));
        return keys;
    }

    /// Before the supervisor hears of it.
    public void note(Event.OfUpgrade event) {
        switch (event) {
            case Event.NewMasterReady(Set<String> sockets) -> listeners.shareWithAnother(sockets);
            case Event.NewMasterExited _ -> listeners.shareWithAnother(Set.of());
            case Event.OldMasterGone _ -> {
                listeners.shareWithAnother(Set.of());
                pidFile.succeed();
            }
            case Event.NewMasterStarted _,
                    Event.NewMasterFailed _,
                    Event.OldMasterThere _,
                    Event.OldMasterYielded _ -> {}
        }
    }

    /// How the new master ended, if it did.
    public List<Event> reap() {
        var exit = newMaster.flatMap(NewMaster::reap);
        exit.ifPresent(_ -> newMaster = Optional.empty());
        return exit.stream().toList();
    }
}
