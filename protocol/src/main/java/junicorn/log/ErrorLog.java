package junicorn.log;

import java.nio.file.Path;
import java.util.Optional;
import junicorn.os.PosixException;
import junicorn.os.StandardError;

/// The file that standard error goes to, where there is one: our log, what the application prints,
/// and what the JVM has to say.
public final class ErrorLog {
    private static volatile Optional<Path> file = Optional.empty();

    private ErrorLog() {}

    /// From now on.
    ///
    /// @throws PosixException if it cannot be opened: then nothing has changed
    public static void open(Path newFile) {
        StandardError.to(newFile);
        file = Optional.of(newFile);
    }

    /// Standard error goes there already: whoever started this process has opened it.
    public static void inherit(Path opened) {
        file = Optional.of(opened);
    }

    /// Opens it anew under its name, which is another file after a rotation. Nothing happens where
    /// there is none.
    ///
    /// @throws PosixException if it cannot be opened: then the old one stays
    public static void reopen() {
        file.ifPresent(StandardError::to);
    }
}
