package junicorn.master.upgrade;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.Set;

/// A file that names this master, so that others can signal it. It is there complete or not at all,
/// belongs to one living master, and goes with it.
public final class PidFile implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(PidFile.class.getName());

    /// Others may take a stale file away just when we do.
    private static final int ATTEMPTS = 5;

    private static final long NOBODY = 0;

    /// Whatever the umask: who watches the server need not be its user.
    private static final Set<PosixFilePermission> FOR_ALL =
            PosixFilePermissions.fromString("rw-r--r--");

    private final Optional<Path> wanted;
    private final long pid;
    private Optional<Path> path;

    private PidFile(Optional<Path> wanted, Optional<Path> path, long pid) {
        this.wanted = wanted;
        this.path = path;
        this.pid = pid;
    }

    /// The file cannot be ours; the message is for the operator.
    public static final class Taken extends Exception {
        private static final long serialVersionUID = 1L;

        Taken(String message) {
            super(message);
        }
    }

    /// Writes the file, unless it names another master that lives. A stale one is replaced.
    ///
    /// @param wanted where; if empty, there is none, and all of this does nothing
    /// @param oldMasterLives the old master still has the file: until [#succeed] ours is `NAME.2`
    /// @throws Taken with words for the operator
    public static PidFile claim(Optional<Path> wanted, boolean oldMasterLives) throws Taken {
        var pid = ProcessHandle.current().pid();
        if (wanted.isEmpty()) {
            return new PidFile(wanted, wanted, pid);
        }
        var path = oldMasterLives ? second(wanted.get()) : wanted.get();
        claim(path, pid);
        return new PidFile(wanted, Optional.of(path), pid);
    }

    private static Path second(Path path) {
        return path.resolveSibling(path.getFileName() + ".2");
    }

    private static void claim(Path path, long pid) throws Taken {
        try {
            var draft = draft(path, pid);
            try {
                for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
                    if (linked(draft, path)) {
                        return;
                    }
                    removeStale(path, pid);
                }
            } finally {
                Files.deleteIfExists(draft);
            }
        } catch (NoSuchFileException _) {
            throw new Taken("cannot write pid file %s: no such directory".formatted(path));
        } catch (IOException failed) {
            throw new Taken("cannot write pid file %s: %s".formatted(path, failed));
        }
        throw new Taken(
                "cannot write pid file %s: other processes keep writing it".formatted(path));
    }

    /// The process that such a file names, whether it lives or not; 0 if it names none.
    ///
    /// @throws IOException if there is none, or something else, like a FIFO, which would be read
    /// for
    ///     ever
    public static long read(Path path) throws IOException {
        if (Files.exists(path) && !Files.isRegularFile(path)) {
            throw new IOException(path + " is not a regular file");
        }
        var text = Files.readString(path).strip();
        return text.matches("[1-9]\\d{0,9}") ? Long.parseLong(text) : NOBODY;
    }

    /// The old master is gone, and ours is the file from now on, whatever it left there.
    void succeed() {
        if (!path.equals(wanted)) {
            try {
                var home = wanted.orElseThrow();
                Files.move(path.orElseThrow(), home, StandardCopyOption.ATOMIC_MOVE);
                path = wanted;
                LOG.log(Level.INFO, () -> "pid file %s is ours pid=%d".formatted(home, pid));
            } catch (IOException failed) {
                LOG.log(Level.WARNING, () -> "cannot take over the pid file: " + failed);
            }
        }
    }

    /// Only if it still names us: a successor may have put its own there.
    @Override
    public void close() {
        path.ifPresent(this::remove);
    }

    private void remove(Path ours) {
        try {
            if (read(ours) == pid) {
                Files.deleteIfExists(ours);
            }
        } catch (NoSuchFileException _) { // somebody was tidy
            LOG.log(Level.DEBUG, () -> "pid file " + ours + " is gone");
        } catch (IOException failed) {
            LOG.log(Level.WARNING, () -> "cannot remove pid file %s: %s".formatted(ours, failed));
        }
    }

    private static Path draft(Path path, long pid) throws IOException {
        var draft = path.resolveSibling("%s.%d~".formatted(path.getFileName(), pid));
        Files.deleteIfExists(draft);
        Files.createFile(draft);
        Files.setPosixFilePermissions(draft, FOR_ALL);
        return Files.writeString(draft, pid + "\n");
    }

    /// Fails where a file is: the kernel lets one of many win.
    private static boolean linked(Path draft, Path path) throws IOException {
        try {
            Files.createLink(path, draft);
            return true;
        } catch (FileAlreadyExistsException _) {
            return false;
        }
    }

    /// Moved aside first, and looked at again there: meanwhile it may have become another's.
    private static void removeStale(Path path, long pid) throws IOException, Taken {
        if (Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
            throw new Taken("cannot write pid file %s: it is a directory".formatted(path));
        }
        var stale = namedIn(path);
        requireStale(path, stale, pid);
        var aside = path.resolveSibling("%s.%d~stale".formatted(path.getFileName(), pid));
        try {
            Files.move(path, aside, StandardCopyOption.ATOMIC_MOVE);
        } catch (NoSuchFileException _) {
            return; // somebody else did it
        }
        if (namedIn(aside) != stale) {
            Files.move(aside, path, StandardCopyOption.ATOMIC_MOVE);
            return;
        }
        Files.delete(aside);
        LOG.log(
                Level.WARNING,
                () -> "pid file %s was stale pid=%d, replacing it".formatted(path, stale));
    }

    private static long namedIn(Path path) throws IOException {
        try {
            return read(path);
        } catch (NoSuchFileException _) {
            return NOBODY;
        }
    }

    private static void requireStale(Path path, long named, long pid) throws Taken, IOException {
        if (named == NOBODY && Files.exists(path) && Files.size(path) > 0) {
            throw new Taken(
                    "cannot write pid file %s: the existing file is not a pid file"
                            .formatted(path));
        }
        if (named != NOBODY && named != pid && isMaster(named)) {
            throw new Taken("already running pid=%d, as %s says".formatted(named, path));
        }
    }

    /// A number alone proves nothing: a machine that was started again has given it to others.
    private static boolean isMaster(long pid) {
        try {
            return Files.readString(Path.of("/proc", Long.toString(pid), "cmdline"))
                    .contains("junicorn.cli");
        } catch (IOException _) {
            return false;
        }
    }
}
