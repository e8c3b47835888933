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

/// With `--reuse-port`: for each worker its own TCP sockets, a lane. The kernel chooses the lane of
/// a connection by a hash of its addresses, whoever is busy (SO_REUSEPORT in socket(7)).
///
/// A lane belongs to the slot, not to the worker: when a worker dies, what waits in its lane waits
/// for the one that replaces it. When a worker is replaced that still serves, its successor
/// inherits the lane. Only when there are more lanes than workers one is closed, and with it the
/// connections that wait there.
final class Lanes {
    /// For each bind a socket that is or was open: the others listen where it does.
    private final Map<Bind, Listener> patterns = new LinkedHashMap<>();

    /// In the order in which they were opened.
    private final List<Lane> lanes = new ArrayList<>();

    private static final class Lane {
        private final Map<Bind, Listener> sockets = new LinkedHashMap<>();
        private Optional<Integer> slot;

        Lane(Optional<Integer> slot) {
            this.slot = slot;
        }
    }

    /// A new bind; its socket belongs to the oldest lane, which is made if need be.
    void add(Bind bind, Listener listener) {
        patterns.put(bind, listener);
        if (lanes.isEmpty()) {
            lanes.add(new Lane(Optional.empty()));
        }
        lanes.getFirst().sockets.put(bind, listener);
    }

    /// Opens what is missing of the lane. New sockets do not listen yet, so that no connection
    /// comes before the worker is ready.
    ///
    /// @param inherits it may take over a lane that has lost its slot
    List<Listener> of(int slot, Set<Bind> binds, boolean inherits) throws BindFailed {
        var lane =
                lanes.stream()
                        .filter(it -> it.slot.filter(mine -> mine == slot).isPresent())
                        .findFirst()
                        .or(() -> inherits ? orphan() : Optional.empty())
                        .orElseGet(() -> new Lane(Optional.empty()));
        if (!lanes.contains(lane)) {
            lanes.add(lane);
        }
        lane.slot = Optional.of(slot);
        return complete(lane, binds);
    }

    private List<Listener> complete(Lane lane, Set<Bind> binds) throws BindFailed {
        var listeners = new ArrayList<Listener>();
        for (var pattern : patterns.entrySet()) {
            if (binds.contains(pattern.getKey())) {
                var listener = lane.sockets.get(pattern.getKey());
                if (listener == null) {
                    listener = pattern.getValue().another();
                    lane.sockets.put(pattern.getKey(), listener);
                }
                listeners.add(listener);
            }
        }
        return listeners;
    }

    private Optional<Lane> orphan() {
        return lanes.stream().filter(lane -> lane.slot.isEmpty()).findFirst();
    }

    /// The lanes of all other slots are there to be inherited, as long as there are no more lanes
    /// than workers.
    void keep(Set<Integer> slots, int wanted) {
        for (var lane : lanes) {
            lane.slot = lane.slot.filter(slots::contains);
        }
        for (int i = lanes.size() - 1; i >= 0 && lanes.size() > wanted; i--) {
            if (lanes.get(i).slot.isEmpty()) {
                lanes.remove(i).sockets.values().forEach(Listener::close);
            }
        }
    }

    /// Closes the sockets of all other binds.
    void keepBinds(Set<Bind> binds) {
        patterns.keySet().retainAll(binds);
        for (var lane : lanes) {
            lane.sockets
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
        return lanes.stream().flatMap(lane -> lane.sockets.values().stream());
    }
}
