package junicorn.master;

import java.util.List;

/// What is served, and where, as operators are told.
///
/// @param application as the operator named it
/// @param listeners all that are open, by their names
record Served(String application, String workerClass, List<String> listeners) {
    Served {
        listeners = List.copyOf(listeners);
    }
}
