package junicorn.master.settings;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import junicorn.os.Identity;
import junicorn.os.Processes;
import junicorn.os.Spawn;

/// What a worker's process finds around it.
///
/// @param directory where it runs, looked up anew for each worker; empty = where the master does
/// @param environment beside what it inherits
/// @param identity whose rights it has; empty = the master's
/// @param umask of all files that are made, by the master too; empty = what it was born with
public record Surroundings(
        Optional<Path> directory,
        Map<String, String> environment,
        Optional<Identity> identity,
        Optional<Integer> umask) {
    /// As the master.
    public static final Surroundings INHERITED =
            new Surroundings(Optional.empty(), Map.of(), Optional.empty(), Optional.empty());

    public Surroundings {
        environment = Map.copyOf(environment);
    }

    /// The umask is the master's own, and is inherited from it.
    public Spawn around(Spawn spawn) {
        umask.ifPresent(Processes::umask);
        var there = directory.map(spawn::directory).orElse(spawn);
        return identity.map(there::as).orElse(there);
    }
}
