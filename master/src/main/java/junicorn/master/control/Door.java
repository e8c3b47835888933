package junicorn.master.control;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.util.Optional;

/// Keeps a master's control socket where operators look for it: opens it, opens it again if
/// somebody removed or took its name, and removes it at the end.
public final class Door implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(Door.class.getName());

    private final ControlSocket.Inbox inbox;
    private final Optional<Path> directory;
    private final Optional<Path> path;
    private Optional<ControlSocket> socket = Optional.empty();
    private boolean taken;

    private Door(Optional<Path> directory, Optional<Path> path, ControlSocket.Inbox inbox) {
        this.directory = directory;
        this.path = path;
        this.inbox = inbox;
    }

    /// @param listener the name of the first one
    /// @param newMaster whether it may take the place of another that answers there
    /// @throws IOException if the place that the operator named cannot be had; in words
    public static Door open(
            ControlPlace place, String listener, boolean newMaster, ControlSocket.Inbox inbox)
            throws IOException {
        var door = new Door(place.directory(), path(place, listener, newMaster), inbox);
        try {
            door.open();
        } catch (IOException failed) {
            if (place.path().isPresent()) {
                throw failed;
            }
            LOG.log(
                    Level.INFO,
                    "no control socket: %s; --control-socket names another place"
                            .formatted(failed.getMessage()));
        }
        return door;
    }

    private static Optional<Path> path(ControlPlace place, String listener, boolean newMaster)
            throws IOException {
        if (place.path().isPresent()) {
            var path = place.path().get();
            if (!newMaster && ControlSocket.answers(path)) {
                throw new IOException("another server answers at the control socket " + path);
            }
            return place.path();
        }
        return place.directory()
                .map(
                        directory -> {
                            var name = ControlPlace.name(listener);
                            var path = directory.resolve(name);
                            return newMaster || !ControlSocket.answers(path)
                                    ? path
                                    : directory.resolve(ProcessHandle.current().pid() + "-" + name);
                        });
    }

    private void open() throws IOException {
        if (path.isPresent()) {
            if (directory.isPresent()) {
                ControlPlace.prepare(directory.get());
            }
            socket = Optional.of(ControlSocket.open(path.get(), inbox));
        }
    }

    /// Where operators can ask now.
    public Optional<Path> path() {
        return socket.flatMap(_ -> path);
    }

    /// To be called now and then. A name that another server took, one that shall replace us, is
    /// left to it as long as it answers.
    public void look() {
        if (socket.isEmpty() || socket.get().isNamed()) {
            return;
        }
        var file = path.orElseThrow();
        if (ControlSocket.answers(file)) {
            taken = true;
            return;
        }
        var lost = socket.get();
        try {
            open();
            if (taken) {
                LOG.log(Level.INFO, "control socket at %s taken back".formatted(file));
            } else {
                LOG.log(
                        Level.WARNING,
                        "the control socket had been removed, recreated path=" + file);
            }
            taken = false;
            lost.close();
        } catch (IOException failed) {
            LOG.log(Level.DEBUG, "cannot recreate the control socket", failed);
        }
    }

    @Override
    public void close() {
        socket.ifPresent(ControlSocket::close);
    }
}
