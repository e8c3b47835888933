package junicorn.master.control;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import junicorn.os.Users;

/// Where a control socket is. Server and client find it by the same rules, from the same settings:
/// where the operator says; else beside the pid file; else in the user's directory for such things,
/// by the port.
///
/// @param path as the operator said, or as follows from the pid file: the server must make it
/// @param directory otherwise: the server tries
public record ControlPlace(Optional<Path> path, Optional<Path> directory) {
    public static final String SUFFIX = ".control";

    /// No control socket.
    public static final ControlPlace NONE = new ControlPlace(Optional.empty(), Optional.empty());

    public static ControlPlace at(Path path) {
        return new ControlPlace(Optional.of(path), Optional.empty());
    }

    /// `/run/shop.control` for `/run/shop.pid`; not `.sock`, for that is likely to be a listener.
    public static ControlPlace beside(Path pidFile) {
        var name = String.valueOf(pidFile.getFileName()).replaceFirst("\\.pid$", "");
        return at(pidFile.resolveSibling(name + SUFFIX));
    }

    /// `$XDG_RUNTIME_DIR/junicorn`; without it `/run/junicorn` for root and `/tmp/junicorn-UID` for
    /// others.
    public static ControlPlace byPort(Map<String, String> environment) {
        var runtime = environment.getOrDefault("XDG_RUNTIME_DIR", "");
        if (runtime.startsWith("/")) {
            return in(Path.of(runtime, "junicorn"));
        }
        var uid = Users.me();
        return in(Path.of(uid == 0 ? "/run/junicorn" : "/tmp/junicorn-" + uid));
    }

    private static ControlPlace in(Path directory) {
        return new ControlPlace(Optional.empty(), Optional.of(directory));
    }

    /// In the directory: `8000.control` of `http://127.0.0.1:8000`, `shop.control` of
    /// `unix:/run/shop.sock`.
    public static String name(String listener) {
        var last = listener.substring(listener.lastIndexOf(listener.contains("/") ? '/' : ':') + 1);
        var port = last.substring(last.lastIndexOf(':') + 1);
        return port.replaceFirst("\\.sock(et)?$", "") + SUFFIX;
    }

    /// Those in the directory where somebody answers. None in a directory that is not ours alone:
    /// whoever may write there could answer in a server's place.
    public List<Path> answering() {
        if (directory.isEmpty()
                || !Files.isDirectory(directory.get(), LinkOption.NOFOLLOW_LINKS)
                || !isOurs(directory.get())) {
            return List.of();
        }
        try (var files = Files.list(directory.get())) {
            return files.filter(file -> file.toString().endsWith(SUFFIX))
                    .filter(SocketFile::answers)
                    .sorted()
                    .toList();
        } catch (IOException _) { // not ours to look into
            return List.of();
        }
    }

    /// Makes the directory, if need be, so that nobody else can put a socket there.
    ///
    /// @throws IOException in words, if it is somebody else's
    static void prepare(Path directory) throws IOException {
        if (!Files.exists(directory, LinkOption.NOFOLLOW_LINKS)) {
            Files.createDirectory(
                    directory,
                    PosixFilePermissions.asFileAttribute(
                            PosixFilePermissions.fromString("rwx------")));
        }
        if (uid(directory) != Users.me()) {
            throw new IOException(directory + " belongs to somebody else");
        }
        if (!isOurs(directory)) {
            throw new IOException(
                    "others may write to %s; fix it with 'chmod go-w'".formatted(directory));
        }
    }

    /// Whether only we and root may put a socket there.
    private static boolean isOurs(Path directory) {
        try {
            var modes = Files.getPosixFilePermissions(directory, LinkOption.NOFOLLOW_LINKS);
            return uid(directory) == Users.me()
                    && !modes.contains(PosixFilePermission.GROUP_WRITE)
                    && !modes.contains(PosixFilePermission.OTHERS_WRITE);
        } catch (IOException _) { // not ours to look into
            return false;
        }
    }

    private static int uid(Path file) {
        try {
            return (int) Files.getAttribute(file, "unix:uid", LinkOption.NOFOLLOW_LINKS);
        } catch (IOException _) {
            return -1;
        }
    }
}
