package junicorn.master;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/// What a worker's process finds around it.
///
/// @param directory where it runs, looked up anew for each worker; empty = where the master does
/// @param environment beside what it inherits
public record Surroundings(Optional<Path> directory, Map<String, String> environment) {
    /// As the master.
    public static final Surroundings INHERITED = new Surroundings(Optional.empty(), Map.of());

    public Surroundings {
        environment = Map.copyOf(environment);
    }
}
