package junicorn.master.control;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import junicorn.os.PosixException;
import junicorn.os.Sockets;

/// A listening Unix socket under a name that only its user may connect to.
///
/// The mode is set between bind(2) and listen(2), so nobody else ever could; the name is taken by
/// rename(2), so there is no moment without a server while one takes over from another.
final class SocketFile implements AutoCloseable {
    private static final int PATH_BYTES_MAX = 107; // sun_path of <sys/un.h>, less the NUL
    private static final int BACKLOG = 16;

    private final Path path;
    private final int fd;
    private final Object inode;

    private SocketFile(Path path, int fd, Object inode) {
        this.path = path;
        this.fd = fd;
        this.inode = inode;
    }

    /// Takes the name, also from somebody who answers there.
    ///
    /// @throws IOException in words for the operator
    static SocketFile open(Path path) throws IOException {
        var name = "." + path.getFileName() + "." + ProcessHandle.current().pid();
        var birth = path.resolveSibling(name);
        if (birth.toString().getBytes(StandardCharsets.UTF_8).length > PATH_BYTES_MAX) {
            throw new IOException("the path is too long for a socket: " + path);
        }
        Files.deleteIfExists(birth); // of a process that had our pid before
        int fd = Sockets.open(UnixDomainSocketAddress.of(birth));
        try {
            Sockets.bind(fd, UnixDomainSocketAddress.of(birth));
            Files.setPosixFilePermissions(birth, PosixFilePermissions.fromString("rw-------"));
            Sockets.listen(fd, BACKLOG);
            Sockets.nonBlocking(fd, true);
            var inode = inode(birth);
            Files.move(birth, path, StandardCopyOption.ATOMIC_MOVE);
            return new SocketFile(path, fd, inode);
        } catch (IOException | PosixException failed) {
            Sockets.close(fd);
            Files.deleteIfExists(birth);
            throw new IOException("cannot make " + path + ": " + failed.getMessage(), failed);
        }
    }

    /// Whether somebody listens under that name.
    static boolean answers(Path path) {
        try (var channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            return channel.connect(UnixDomainSocketAddress.of(path));
        } catch (IOException _) { // nobody, or nobody that we may speak to
            return false;
        }
    }

    int fd() {
        return fd;
    }

    /// Whether the name still leads here: somebody may have removed or taken it.
    boolean isNamed() {
        try {
            return inode(path).equals(inode);
        } catch (IOException _) {
            return false;
        }
    }

    private static Object inode(Path file) throws IOException {
        return Files.getAttribute(file, "unix:ino");
    }

    @Override
    public void close() {
        try {
            if (isNamed()) {
                Files.deleteIfExists(path);
            }
        } catch (IOException stays) {
            System.getLogger(SocketFile.class.getName())
                    .log(System.Logger.Level.WARNING, "cannot remove " + path, stays);
        } finally {
            Sockets.close(fd);
        }
    }
}
