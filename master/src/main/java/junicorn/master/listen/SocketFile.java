package junicorn.master.listen;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.net.UnixDomainSocketAddress;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Optional;
import junicorn.master.settings.Bind;
import junicorn.master.settings.BindFailed;
import junicorn.os.Errno;
import junicorn.os.Sockets;

/// The file of a Unix-domain socket: whose it is, by asking who answers there or by its inode.
final class SocketFile {
    private SocketFile() {}

    /// A socket file that nobody answers on is left over from a crash. Anything else is another's.
    static void removeStale(Bind bind, Path path) throws BindFailed {
        if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        var address = UnixDomainSocketAddress.of(path);
        var probe = Sockets.open(address);
        try {
            var answer = Sockets.connect(probe, address);
            if (answer == 0 || answer == -Errno.EAGAIN) { // EAGAIN: it lives, its backlog is full
                throw new BindFailed(bind, "another process listens there", true);
            }
            if (answer != -Errno.ECONNREFUSED || !isSocket(path)) {
                throw new BindFailed(
                        bind,
                        isSocket(path)
                                ? Errno.describe(-answer)
                                : "a file is there that is not a socket",
                        false);
            }
            Files.deleteIfExists(path);
        } catch (IOException failed) {
            throw new BindFailed(bind, "cannot remove the stale socket there: " + failed, false);
        } finally {
            Sockets.close(probe);
        }
    }

    private static boolean isSocket(Path path) throws IOException {
        var mode = (int) Files.getAttribute(path, "unix:mode", LinkOption.NOFOLLOW_LINKS);
        return (mode & 0170000) == 0140000; // S_IFMT, S_IFSOCK: inode(7)
    }

    /// Only if the file is still that one: another may have put its own there.
    static void remove(Path path, Optional<Long> inode) {
        try {
            if (inode.isPresent() && inode(path).equals(inode)) {
                Files.deleteIfExists(path);
            }
        } catch (IOException failed) {
            System.getLogger(SocketFile.class.getName())
                    .log(Level.WARNING, () -> "cannot remove unix:" + path + ": " + failed);
        }
    }

    /// Empty where there is no file.
    static Optional<Long> inode(Path path) {
        try {
            return Optional.of(
                    (Long) Files.getAttribute(path, "unix:ino", LinkOption.NOFOLLOW_LINKS));
        } catch (IOException _) { // it is gone
            return Optional.empty();
        }
    }
}
