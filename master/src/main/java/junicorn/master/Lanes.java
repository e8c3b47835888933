package junicorn.master;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/// With `--reuse-port`: for each slot its own TCP sockets, a lane. The kernel chooses the lane of a
/// connection by a hash of its addresses, whoever is busy (SO_REUSEPORT in socket(7)).
///
/// A lane belongs to the slot, not to the worker: when a worker dies, what waits in its lane waits
/// for the one that replaces it. Only when the slot is given up the lane is closed, and with it the
/// connections that wait there.
final class Lanes {
    private final List<Listener> first;
    private final Map<Integer, List<Listener>> bySlot = new HashMap<>();

    /// @param first the lane of slot 0; the others listen where it does
    Lanes(List<Listener> first) {
        this.first = List.copyOf(first);
        bySlot.put(0, this.first);
    }

    /// Opens the lane if it is not open. Its new sockets do not listen yet, so that no connection
    /// comes before the worker is ready.
    List<Listener> of(int slot) throws BindFailed {
        var lane = bySlot.get(slot);
        if (lane == null) {
            lane = another();
            bySlot.put(slot, lane);
        }
        return lane;
    }

    private List<Listener> another() throws BindFailed {
        var lane = new ArrayList<Listener>();
        try {
            for (var listener : first) {
                lane.add(listener.another());
            }
            return List.copyOf(lane);
        } catch (BindFailed failed) {
            lane.forEach(Listener::close);
            throw failed;
        }
    }

    /// Closes the lanes of all other slots.
    void keep(Set<Integer> slots) {
        bySlot.entrySet()
                .removeIf(
                        entry -> {
                            var given = !slots.contains(entry.getKey());
                            if (given) {
                                entry.getValue().forEach(Listener::close);
                            }
                            return given;
                        });
    }

    Stream<Listener> all() {
        return bySlot.values().stream().flatMap(List::stream);
    }
}
