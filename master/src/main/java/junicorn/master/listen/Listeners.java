package junicorn.master.listen;

import static java.util.stream.Collectors.toMap;
import static java.util.stream.Collectors.toSet;

import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import junicorn.master.listen.Inheritance.Share;
import junicorn.master.settings.Bind;
import junicorn.master.settings.BindFailed;
import junicorn.master.settings.ListenSettings;
import junicorn.os.Sockets;

/// All sockets we listen on: opened before any worker exists, shared by all of them, or with
/// `--reuse-port` one for each.
public final class Listeners implements AutoCloseable {
    /// A port is often free a moment later: its last owner is just going.
    static final int ATTEMPTS = 5;

    /// Between two attempts.
    public static final Duration PAUSE = Duration.ofSeconds(1);

    private static final System.Logger LOG = System.getLogger(Listeners.class.getName());

    private final ListenSettings settings;
    private final Map<Bind, Listener> named = new LinkedHashMap<>();
    private final Map<Bind, Listener> shared = new LinkedHashMap<>();
    private final WorkerSockets workerSockets = new WorkerSockets();
    private final Refusal refusal = new Refusal();
    private Set<Bind> left = Set.of();
    private boolean closed;

    private Listeners(ListenSettings settings) {
        this.settings = settings;
    }

    /// For a worker that only looks whether the application starts.
    public static Listeners none() {
        return new Listeners(new ListenSettings(1, false, false));
    }

    /// What passes the time between two attempts.
    public interface Pause {
        void take() throws InterruptedException;
    }

    /// Opens every bind, in their order. Where nothing but ports and paths in use is in the way, it
    /// tries [#ATTEMPTS] times; then every failure is in the log, and nothing stays open.
    public static Optional<Listeners> open(List<Bind> binds, ListenSettings settings, Pause pause)
            throws InterruptedException {
        return open(binds, settings, Map.of(), pause);
    }

    /// The same, with sockets that the old master shares with us, by their keys. Those that no bind
    /// names are closed.
    public static Optional<Listeners> open(
            List<Bind> binds, ListenSettings settings, Map<String, Share> inherited, Pause pause)
            throws InterruptedException {
        var unwanted = new HashMap<>(inherited);
        binds.forEach(bind -> unwanted.remove(bind.toString()));
        unwanted.values().forEach(share -> Sockets.close(share.fd()));
        var open = new LinkedHashMap<Bind, Listener>();
        for (int attempt = 1; ; attempt++) {
            var failures = attempt(binds, open, settings, inherited);
            if (failures.isEmpty()) {
                var listeners = new Listeners(settings);
                binds.stream()
                        .distinct()
                        .forEach(
                                bind ->
                                        listeners.put(
                                                bind, Objects.requireNonNull(open.get(bind))));
                return Optional.of(listeners);
            }
            if (attempt == ATTEMPTS || !failures.stream().allMatch(BindFailed::mayPass)) {
                failures.forEach(failure -> LOG.log(Level.ERROR, failure.getMessage()));
                open.values().forEach(Listener::close);
                return Optional.empty();
            }
            var next = "; trying again in 1s (" + attempt + " of " + ATTEMPTS + ")";
            failures.forEach(failure -> LOG.log(Level.WARNING, failure.getMessage() + next));
            pause.take();
        }
    }

    private static List<BindFailed> attempt(
            List<Bind> binds,
            Map<Bind, Listener> open,
            ListenSettings settings,
            Map<String, Share> inherited) {
        var failures = new ArrayList<BindFailed>();
        for (var bind : binds) {
            if (!open.containsKey(bind)) {
                try {
                    var share = Optional.ofNullable(inherited.get(bind.toString()));
                    open.put(
                            bind,
                            share.isPresent()
                                    ? Listener.adopt(bind, share.get(), settings)
                                    : Listener.open(bind, settings));
                } catch (BindFailed failure) {
                    failures.add(failure);
                }
            }
        }
        return failures;
    }

    private void put(Bind bind, Listener listener) {
        named.put(bind, listener);
        if (settings.reusePort() && listener.mayBeMany()) {
            workerSockets.add(bind, listener);
        } else {
            shared.put(bind, listener);
        }
    }

    /// Opens those binds that are not open yet: all of them, or none.
    ///
    /// @return the new ones
    List<Listener> add(List<Bind> binds) throws BindFailed {
        var opened = new LinkedHashMap<Bind, Listener>();
        for (var bind : binds) {
            if (left.contains(bind)) {
                throw new BindFailed(bind, "it is just being closed; reload again", true);
            }
            if (!named.containsKey(bind) && !opened.containsKey(bind)) {
                try {
                    opened.put(bind, Listener.open(bind, settings));
                } catch (BindFailed failed) {
                    opened.values().forEach(Listener::close);
                    throw failed;
                }
            }
        }
        opened.forEach(this::put);
        return List.copyOf(opened.values());
    }

    /// As they are for as long as the master lives.
    ListenSettings settings() {
        return settings;
    }

    /// One for each bind, in their order.
    public List<Listener> named() {
        return List.copyOf(named.values());
    }

    /// For a new master, by their keys. Lanes are not: it opens its own beside them.
    public Map<String, Share> shares() {
        return shared.values().stream().collect(toMap(Listener::key, Listener::share));
    }

    /// Another master serves these sockets too, and no others.
    ///
    /// @param keys of them
    public void shareWithAnother(Set<String> keys) {
        shared.values().forEach(listener -> listener.share(keys.contains(listener.key())));
    }

    /// Those that the worker in this slot serves.
    ///
    /// @param parked it is to have none that another has had
    public List<Listener> of(int slot, List<Bind> binds, boolean parked) throws BindFailed {
        var wanted = Set.copyOf(binds);
        var all = new ArrayList<Listener>();
        shared.forEach(
                (bind, listener) -> {
                    if (wanted.contains(bind)) {
                        all.add(listener);
                    }
                });
        if (settings.reusePort()) {
            all.addAll(workerSockets.of(slot, wanted, !parked));
        }
        return all;
    }

    /// What belongs to other slots alone is of use as long as somebody may inherit it.
    public void keep(Set<Integer> slots, int wanted) {
        if (!closed) {
            workerSockets.keep(slots, wanted);
        }
    }

    /// Closes what nobody listens on any more.
    void keepBinds(Set<Bind> binds) {
        if (closed || binds.containsAll(named.keySet())) {
            return;
        }
        for (var bind : List.copyOf(named.keySet())) {
            if (!binds.contains(bind)) {
                var listener = Objects.requireNonNull(named.remove(bind));
                LOG.log(Level.INFO, "no longer listening at " + listener.name());
                if (shared.remove(bind) != null) {
                    listener.close();
                }
            }
        }
        workerSockets.keepBinds(binds);
        left = Set.of();
    }

    Set<Bind> binds() {
        return named.keySet();
    }

    /// Turns new clients away at all others, which are to be closed when nobody waits there.
    ///
    /// @return as of [#refuseNew]
    boolean refuseNewBut(Set<Bind> binds) {
        left = named.keySet().stream().filter(it -> !binds.contains(it)).collect(toSet());
        return refusal.at(open(left));
    }

    /// Whether a connection waits where new ones are turned away already.
    public boolean areLeftAwaited() {
        return !closed && open(left).anyMatch(Listener::isAwaited);
    }

    private Stream<Listener> open(Set<Bind> binds) {
        return open().filter(listener -> binds.contains(listener.bind()));
    }

    /// @return whether workers are to loosen the connections that they accept from now on
    public boolean refuseNew() {
        return refusal.at(open());
    }

    /// Whether a connection waits to be accepted that nobody but our workers will accept.
    public boolean areAwaited() {
        return !closed && open().anyMatch(Listener::isAwaited);
    }

    /// Connections that wait to be accepted, at all of them.
    public int waiting() {
        return closed ? 0 : open().mapToInt(Listener::waiting).sum();
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            open().forEach(Listener::close);
        }
    }

    private Stream<Listener> open() {
        return Stream.concat(shared.values().stream(), workerSockets.all());
    }
}
