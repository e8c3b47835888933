package junicorn.master;

import java.util.List;
import junicorn.master.control.ControlPlace;

/// What operators are told of a server before all else.
///
/// @param application as the operator named it
/// @param listeners by their names
/// @param control where operators ask
/// @param heir it takes the place of an older master
record Identity(
        String version,
        long pid,
        String application,
        String workerClass,
        List<String> listeners,
        boolean heir,
        ControlPlace control) {
    static Identity of(MasterSettings settings, Listeners listeners, boolean heir) {
        return new Identity(
                settings.version(),
                ProcessHandle.current().pid(),
                settings.template().hosted().application(),
                settings.template().capacity().workerClass(),
                listeners.named().stream().map(Listener::name).toList(),
                heir,
                settings.files().control());
    }

    Identity {
        listeners = List.copyOf(listeners);
    }
}
