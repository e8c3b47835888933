package junicorn.master.listen;

import java.lang.System.Logger.Level;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Stream;
import junicorn.os.NewClients.Way;

/// How new clients are turned away while those who are connected are served to the end; says once
/// where that is not as good as it could be.
final class Refusal {
    private static final System.Logger LOG = System.getLogger(Refusal.class.getName());

    private final Set<Way> said = EnumSet.noneOf(Way.class);

    /// One listener that fails takes no other along.
    ///
    /// @return whether workers are to loosen the connections that they accept from now on
    boolean at(Stream<Listener> listeners) {
        var loosen = false;
        for (var listener : listeners.toList()) {
            loosen |= at(listener) == Way.TIME_TO_LIVE;
        }
        return loosen;
    }

    private Way at(Listener listener) {
        try {
            var way = listener.refuseNew().orElse(Way.FILTER);
            if (said.add(way)) {
                say(way);
            }
            return way;
        } catch (RuntimeException failed) {
            LOG.log(Level.WARNING, "cannot turn new clients away at " + listener.name(), failed);
            return Way.NONE;
        }
    }

    private static void say(Way way) {
        switch (way) {
            case FILTER -> {}
            case TIME_TO_LIVE ->
                    LOG.log(
                            Level.INFO,
                            "without CAP_NET_ADMIN on this kernel, new clients are turned away by a minimum TTL instead of a socket filter");
            case NONE ->
                    LOG.log(
                            Level.WARNING,
                            "new clients cannot be turned away on this kernel: those that come at the very end may be reset");
        }
    }
}
