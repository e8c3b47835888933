package junicorn.systemtest;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.ConcurrentHashMap;
import junicorn.os.Users;

/// Whose rights the servers under test have: ours, or with `-Djunicorn.systemtest.uid=N` those of a
/// user who owns nothing, is in no group and has no capability, and cannot get one. Only root can
/// ask for that.
final class Account {
    private static final OptionalInt OTHER = other();
    private static final Map<Path, Path> COPIES = new ConcurrentHashMap<>();

    /// The distribution, where the servers' user can read it.
    static final Path HOME = readable(Path.of(System.getProperty("junicorn.home", "")));

    /// The example application, where the servers' user can read it.
    static final Path HELLO = readable(Path.of(System.getProperty("junicorn.hello", "")));

    private Account() {}

    static int uid() {
        return OTHER.orElseGet(Users::me);
    }

    static boolean isRoot() {
        return uid() == 0;
    }

    /// What stands before a command to run it so, see setpriv(1); it stays the same process.
    static List<String> prefix() {
        if (OTHER.isEmpty()) {
            return List.of();
        }
        var id = Integer.toString(OTHER.getAsInt());
        return List.of(
                "setpriv",
                "--reuid=" + id,
                "--regid=" + id,
                "--clear-groups",
                "--inh-caps=-all",
                "--bounding-set=-all");
    }

    /// Makes it the servers' own, with all that is in it.
    static void give(Path directory) {
        if (OTHER.isPresent()) {
            try (var files = Files.walk(directory)) {
                for (var file : files.toList()) {
                    Files.setAttribute(file, "unix:uid", OTHER.getAsInt());
                    Files.setAttribute(file, "unix:gid", OTHER.getAsInt());
                }
            } catch (IOException failed) {
                throw new UncheckedIOException(failed);
            }
        }
    }

    private static OptionalInt other() {
        var uid = Integer.getInteger("junicorn.systemtest.uid");
        return uid == null ? OptionalInt.empty() : OptionalInt.of(uid);
    }

    /// The same file or directory, where the servers' user can read it: the checkout, or a
    /// repository of jars, may be in a directory that nobody else enters.
    static Path readable(Path original) {
        var path = original.toAbsolutePath().normalize();
        return OTHER.isEmpty() ? path : COPIES.computeIfAbsent(path, Account::copy);
    }

    private static Path copy(Path path) {
        try {
            var directory = Files.createTempDirectory("junicorn-copy-");
            Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
            Runtime.getRuntime().addShutdownHook(new Thread(() -> delete(directory)));
            var copy = directory.resolve(path.getFileName());
            try (var files = Files.walk(path)) {
                for (var file : files.toList()) {
                    Files.copy(file, copy.resolve(path.relativize(file).toString()));
                }
            }
            return copy;
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private static void delete(Path directory) {
        try (var files = Files.walk(directory)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
