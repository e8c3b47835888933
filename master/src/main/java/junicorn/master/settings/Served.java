package junicorn.master.settings;

import java.util.List;

/// What is served, and where, as operators are told.
///
/// @param application as the operator named it
/// @param listeners all that are open, by their names
public record Served(String application, String workerClass, List<String> listeners) {
    public Served {
        listeners = List.copyOf(listeners);
    }
}
