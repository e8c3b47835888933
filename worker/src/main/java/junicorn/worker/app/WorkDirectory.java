package junicorn.worker.app;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.channels.FileChannel;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// The directory of one worker process: the unpacked application, compiled JSP pages, uploads. Gone
/// when the worker stops; if the worker was killed, gone when the next one starts.
///
/// Beside `junicorn-PID-RANDOM` lies `junicorn-PID-RANDOM.lock`, locked as long as the process
/// lives: the kernel lets go of the lock whatever the process dies of. So a lock that can be had
/// means a directory that nobody uses, in whatever pid namespace its owner ran.
final class WorkDirectory implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(WorkDirectory.class.getName());
    private static final String PREFIX = "junicorn-";
    private static final String SUFFIX = ".lock";

    /// Lock files of this process: to open and close one would let go of its lock, see fcntl(2).
    private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

    private final Path path;
    private final Path lockFile;
    private final FileChannel channel;

    /// A quick stop asks nobody to close; the JVM still runs this.
    private final Thread atExit = new Thread(this::remove, "work-directory");

    private WorkDirectory(Path path, Path lockFile, FileChannel channel) {
        this.path = path;
        this.lockFile = lockFile;
        this.channel = channel;
    }

    /// A new directory under `base`, readable for this user only; sweeps up after the dead.
    static WorkDirectory claim(Path base) throws IOException {
        Files.createDirectories(base);
        while (true) {
            var claimed = tryClaim(base);
            if (claimed.isPresent()) {
                Runtime.getRuntime().addShutdownHook(claimed.get().atExit);
                sweep(base, Files.getOwner(claimed.get().path()));
                return claimed.get();
            }
        }
    }

    Path path() {
        return path;
    }

    /// Removes the directory, then the lock: in this order nothing is left over without a lock
    /// file.
    @Override
    public void close() throws IOException {
        delete(path);
        Files.deleteIfExists(lockFile);
        channel.close();
        HELD.remove(lockFile);
        forgetHook();
    }

    private void forgetHook() {
        try {
            Runtime.getRuntime().removeShutdownHook(atExit);
        } catch (IllegalStateException e) {
            LOG.log(Level.DEBUG, "the JVM is stopping already");
        }
    }

    private void remove() {
        try {
            delete(path);
            Files.deleteIfExists(lockFile);
        } catch (IOException e) {
            LOG.log(Level.WARNING, "cannot remove the work directory path=" + path, e);
        }
    }

    private static Optional<WorkDirectory> tryClaim(Path base) throws IOException {
        var prefix = PREFIX + ProcessHandle.current().pid() + "-";
        var lockFile = Files.createTempFile(base, prefix, SUFFIX);
        HELD.add(lockFile);
        var channel = FileChannel.open(lockFile, StandardOpenOption.WRITE);
        // Somebody may sweep between the creation and the lock; then the file is gone: once more.
        if (channel.tryLock() == null || !Files.exists(lockFile)) {
            channel.close();
            HELD.remove(lockFile);
            return Optional.empty();
        }
        var ownerOnly =
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
        var path = Files.createDirectory(directoryOf(lockFile), ownerOnly);
        return Optional.of(new WorkDirectory(path, lockFile, channel));
    }

    private static void sweep(Path base, UserPrincipal us) throws IOException {
        try (var locks = Files.newDirectoryStream(base, PREFIX + "*" + SUFFIX)) {
            for (var lockFile : locks) {
                if (!HELD.contains(lockFile)) {
                    sweepIfDead(lockFile, us);
                }
            }
        }
    }

    /// Touches only what this user owns: in a shared temp directory others' files stay alone, and
    /// nobody can plant a link for us to follow.
    private static void sweepIfDead(Path lockFile, UserPrincipal us) throws IOException {
        var directory = directoryOf(lockFile);
        try {
            if (!isOf(us, lockFile) || !isOf(us, directory)) {
                return;
            }
            var options = Set.of(StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);
            try (var channel = FileChannel.open(lockFile, options)) {
                if (channel.tryLock() != null) {
                    delete(directory);
                    Files.deleteIfExists(lockFile);
                }
            }
        } catch (NoSuchFileException e) {
            LOG.log(Level.DEBUG, () -> "swept by another worker path=" + directory);
        }
    }

    /// True also if there is nothing: then nobody else owns it.
    private static boolean isOf(UserPrincipal us, Path file) throws IOException {
        return !Files.exists(file, LinkOption.NOFOLLOW_LINKS)
                || Files.getOwner(file, LinkOption.NOFOLLOW_LINKS).equals(us);
    }

    private static Path directoryOf(Path lockFile) {
        var name = lockFile.getFileName().toString();
        return lockFile.resolveSibling(name.substring(0, name.length() - SUFFIX.length()));
    }

    /// Deletes a tree without following links; what vanishes meanwhile is fine.
    private static void delete(Path directory) throws IOException {
        if (!Files.exists(directory, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        Files.walkFileTree(
                directory,
                new SimpleFileVisitor<>() {
                    @Override
                    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
                            throws IOException {
                        Files.deleteIfExists(file);
                        return FileVisitResult.CONTINUE;
                    }

                    @Override
                    public FileVisitResult visitFileFailed(Path file, IOException failure) {
                        return FileVisitResult.CONTINUE;
                    }

                    @Override
                    public FileVisitResult postVisitDirectory(
                            Path visited, @Nullable IOException failure) throws IOException {
                        Files.deleteIfExists(visited);
                        return FileVisitResult.CONTINUE;
                    }
                });
    }
}
