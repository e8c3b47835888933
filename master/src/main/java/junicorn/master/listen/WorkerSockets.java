package junicorn.master.listen;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import junicorn.master.settings.Bind;
import junicorn.master.settings.BindFailed;

/// With `--reuse-port`: for each worker its own TCP sockets. The kernel chooses those of a
/// connection by a hash of its addresses, whoever is busy (SO_REUSEPORT in socket(7)).
///
/// They belong to the slot, not to the worker: when a worker dies, what waits in its sockets waits
/// for the one that replaces it. When a worker is replaced that still serves, its successor
/// inherits them. Only when there are more than workers some are closed, and with them the
/// connections that wait there.
final class WorkerSockets {
    /// For each bind a socket that is or was open: the others listen where it does.
    private final Map<Bind, Listener> patterns = new LinkedHashMap<>();

    /// In the order in which they were opened.
    private final List<SlotSockets> workerSockets = new ArrayList<>();

    private static final class SlotSockets {
        private final Map<Bind, Listener> sockets = new LinkedHashMap<>();
        private Optional<Integer> slot;

        SlotSockets(Optional<Integer> slot) {
            this.slot = slot;
        }
    }

    /// A new bind; its socket belongs to the oldest own, which is made if need be.
    void add(Bind bind, Listener listener) {
        patterns.put(bind, listener);
        if (workerSockets.isEmpty()) {
            workerSockets.add(new SlotSockets(Optional.empty()));
        }
        workerSockets.getFirst().sockets.put(bind, listener);
    }

    /// Opens what is missing of a slot's. New sockets do not listen yet, so that no connection
    /// comes before the worker is ready.
    ///
    /// @param inherits it may take over sockets that have lost their slot
    List<Listener> of(int slot, Set<Bind> binds, boolean inherits) throws BindFailed {
        var own =
                workerSockets.stream()
                        .filter(it -> it.slot.filter(mine -> mine == slot).isPresent())
                        .findFirst()
                        .or(() -> inherits ? orphan() : Optional.empty())
                        .orElseGet(() -> new SlotSockets(Optional.empty()));
        if (!workerSockets.contains(own)) {
            workerSockets.add(own);
        }
        own.slot = Optional.of(slot);
        return complete(own, binds);
    }

    private List<Listener> complete(SlotSockets own, Set<Bind> binds) throws BindFailed {
        var listeners = new ArrayList<Listener>();
        for (var pattern : patterns.entrySet()) {
            if (binds.contains(pattern.getKey())) {
                var listener = own.sockets.get(pattern.getKey());
                if (listener == null) {
                    listener = pattern.getValue().another();
                    own.sockets.put(pattern.getKey(), listener);
                }
                listeners.add(listener);
            }
        }
        return listeners;
    }

    private Optional<SlotSockets> orphan() {
        return workerSockets.stream().filter(own -> own.slot.isEmpty()).findFirst();
    }

    /// Those of all other slots are there to be inherited, as long as there are no more of them
    /// than workers.
    void keep(Set<Integer> slots, int wanted) {
        for (var own : workerSockets) {
            own.slot = own.slot.filter(slots::contains);
        }
        for (int i = workerSockets.size() - 1; i >= 0 && workerSockets.size() > wanted; i--) {
            if (workerSockets.get(i).slot.isEmpty()) {
                workerSockets.remove(i).sockets.values().forEach(Listener::close);
            }
        }
    }

    /// Closes the sockets of all other binds.
    void keepBinds(Set<Bind> binds) {
        patterns.keySet().retainAll(binds);
        for (var own : workerSockets) {
            own.sockets
                    .entrySet()
                    .removeIf(
                            socket -> {
                                var unwanted = !binds.contains(socket.getKey());
                                if (unwanted) {
                                    socket.getValue().close();
                                }
                                return unwanted;
                            });
        }
    }

    Stream<Listener> all() {
        return workerSockets.stream().flatMap(own -> own.sockets.values().stream());
    }
}
