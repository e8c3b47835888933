package junicorn.master.settings;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Optional;
import junicorn.os.Identity;

/// How to listen, whatever the address.
///
/// @param backlog connections that may wait to be accepted
/// @param deferAccept let the kernel keep connections that are silent yet
/// @param reusePort a TCP socket for each worker instead of one for all, see `WorkerSockets`
/// @param owner whose the files of Unix-domain sockets are; empty = ours
public record ListenSettings(
        int backlog, boolean deferAccept, boolean reusePort, Optional<Identity> owner) {
    public ListenSettings {
        if (backlog < 1) {
            throw new IllegalArgumentException("backlog must be at least 1, was " + backlog);
        }
    }

    public ListenSettings(int backlog, boolean deferAccept, boolean reusePort) {
        this(backlog, deferAccept, reusePort, Optional.empty());
    }

    /// Gives a socket's file to its owner.
    public void give(Path socket) throws IOException {
        if (owner.isPresent()) {
            Files.setAttribute(socket, "unix:gid", owner.get().gid(), LinkOption.NOFOLLOW_LINKS);
            Files.setAttribute(socket, "unix:uid", owner.get().uid(), LinkOption.NOFOLLOW_LINKS);
        }
    }
}
