package junicorn.cli.settings;

import java.util.Optional;

/// A place where settings are written: the command line, a variable, or a file.
public interface Source {
    Optional<Said> of(Setting<?> setting);
}
