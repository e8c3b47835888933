package junicorn.master.listen;

import java.lang.System.Logger.Level;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import junicorn.master.loop.Event;
import junicorn.master.settings.Bind;
import junicorn.master.settings.BindFailed;
import junicorn.master.settings.Generation;
import junicorn.master.settings.MasterSettings;
import junicorn.master.settings.Served;

/// The generations that may have workers: what each of them is started with.
public final class Generations {
    private static final System.Logger LOG = System.getLogger(Generations.class.getName());

    public static final long FIRST = 1;

    private final Map<Long, Kept> byNumber = new TreeMap<>();
    private final MasterSettings.Reader reader;
    private final Listeners listeners;
    private final int slots;

    private record Kept(Generation generation, MasterSettings settings) {
        static Kept of(long number, MasterSettings settings) {
            return new Kept(Generation.of(number, settings), settings);
        }
    }

    /// With the first.
    ///
    /// @param slots of the scoreboard
    public Generations(
            MasterSettings settings, MasterSettings.Reader reader, Listeners listeners, int slots) {
        this.reader = reader;
        this.listeners = listeners;
        this.slots = slots;
        byNumber.put(FIRST, Kept.of(FIRST, settings));
    }

    /// @throws IllegalStateException if there is none with this number
    public Generation of(long number) {
        return kept(number).generation();
    }

    /// What it was made of.
    public MasterSettings settings(long number) {
        return kept(number).settings();
    }

    private Kept kept(long number) {
        var kept = byNumber.get(number);
        if (kept == null) {
            throw new IllegalStateException("generation " + number + " is forgotten");
        }
        return kept;
    }

    /// What this one serves; where, also by those before and after it.
    public Served served(long number) {
        var template = of(number).template();
        return new Served(
                template.hosted().application(),
                template.capacity().workerClass(),
                listeners.named().stream().map(Listener::name).toList());
    }

    /// What the next one is to be. Not for the loop: it may take its time.
    ///
    /// @param current what new workers are started with until then
    public Event read(MasterSettings current) {
        try {
            var settings = reader.read(current);
            Hosts.lookUp(settings.binds());
            return new Event.ReloadRead(settings);
        } catch (MasterSettings.Unreadable why) {
            return new Event.ReloadRefused(String.valueOf(why.getMessage()));
        } catch (RuntimeException bug) {
            LOG.log(Level.ERROR, "reading the configuration failed", bug);
            return new Event.ReloadRefused("reading the configuration failed: " + bug);
        }
    }

    /// Opens what its workers need; if that fails, nothing is changed.
    public Event prepare(long number, MasterSettings settings) {
        try {
            var limits = settings.limits(slots);
            for (var listener : listeners.add(settings.binds())) {
                LOG.log(Level.INFO, "listening at " + listener.name());
            }
            if (!settings.listen().equals(listeners.settings())) {
                LOG.log(
                        Level.WARNING,
                        "--backlog, --no-defer-accept and --reuse-port stay as they were at the start");
            }
            byNumber.put(number, Kept.of(number, settings));
            var leaves = !settings.binds().containsAll(listeners.binds());
            return new Event.GenerationPrepared(number, limits, leaves);
        } catch (BindFailed | IllegalArgumentException refused) {
            return new Event.ReloadRefused(String.valueOf(refused.getMessage()));
        }
    }

    /// Turns new clients away where this one does not listen.
    ///
    /// @return as of [Listeners#refuseNew]
    public boolean refuseLeft(long number) {
        return listeners.refuseNewBut(Set.copyOf(settings(number).binds()));
    }

    /// Forgets all others, and closes what only they listened on.
    public void keep(Set<Long> numbers) {
        if (byNumber.keySet().retainAll(numbers)) {
            var binds = new HashSet<Bind>();
            byNumber.values().forEach(kept -> binds.addAll(kept.settings().binds()));
            listeners.keepBinds(binds);
        }
    }
}
