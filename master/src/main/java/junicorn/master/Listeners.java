package junicorn.master;

import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/// All sockets we listen on: opened before any worker exists, shared by all of them.
final class Listeners implements AutoCloseable {
    /// A port is often free a moment later: its last owner is just going.
    static final int ATTEMPTS = 5;

    /// Between two attempts.
    static final Duration PAUSE = Duration.ofSeconds(1);

    private static final System.Logger LOG = System.getLogger(Listeners.class.getName());

    private final List<Listener> open;
    private boolean closed;

    private Listeners(List<Listener> open) {
        this.open = List.copyOf(open);
    }

    /// What passes the time between two attempts.
    interface Pause {
        void take() throws InterruptedException;
    }

    /// Opens every bind, in their order. Where nothing but ports and paths in use is in the way, it
    /// tries [#ATTEMPTS] times; then every failure is in the log, and nothing stays open.
    static Optional<Listeners> open(List<Bind> binds, int backlog, boolean deferAccept, Pause pause)
            throws InterruptedException {
        var open = new LinkedHashMap<Bind, Listener>();
        for (int attempt = 1; ; attempt++) {
            var failures = attempt(binds, open, backlog, deferAccept);
            if (failures.isEmpty()) {
                return Optional.of(
                        new Listeners(
                                binds.stream()
                                        .distinct()
                                        .map(bind -> Objects.requireNonNull(open.get(bind)))
                                        .toList()));
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
            List<Bind> binds, Map<Bind, Listener> open, int backlog, boolean deferAccept) {
        var failures = new ArrayList<BindFailed>();
        for (var bind : binds) {
            if (!open.containsKey(bind)) {
                try {
                    open.put(bind, Listener.open(bind, backlog, deferAccept));
                } catch (BindFailed failure) {
                    failures.add(failure);
                }
            }
        }
        return failures;
    }

    List<Listener> all() {
        return open;
    }

    void refuseNew() {
        open.forEach(Listener::refuseNew);
    }

    /// Whether a connection waits to be accepted that nobody but our workers will accept.
    boolean areAwaited() {
        return !closed && open.stream().anyMatch(Listener::isAwaited);
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            open.forEach(Listener::close);
        }
    }
}
