package junicorn.master.control;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import junicorn.os.Epoll;
import junicorn.os.Errno;
import junicorn.os.EventFd;
import junicorn.os.Sockets;

/// Where operators ask: a Unix socket, a line of JSON for each question, in order, and for each
/// answer some lines of progress and one that says how it ended:
///
/// ```text
/// > {"verb":"reload","arguments":{}}
/// < {"progress":"worker 4 started pid=4711"}
/// < {"ok":true,"data":{…}}      or {"ok":false,"error":"…"}
/// ```
///
/// It decides nothing: each question goes to the master's loop. A thread waits for connections, and
/// each connection has one of its own.
public final class ControlSocket implements AutoCloseable {
    static final int CONNECTIONS_MAX = 16;
    static final long STACK_BYTES = 256 * 1024;

    private static final System.Logger LOG = System.getLogger(ControlSocket.class.getName());
    private static final Duration LAST_ANSWERS = Duration.ofSeconds(1);
    private static final long STOP = 1;

    private final SocketFile file;
    private final Inbox inbox;
    private final int stop = EventFd.create();
    private final Thread acceptor;
    private final Set<Connection> connections = new HashSet<>(); // guarded by it

    /// Takes questions, on any thread.
    public interface Inbox {
        void put(Question question) throws InterruptedException;
    }

    private ControlSocket(SocketFile file, Inbox inbox) {
        this.file = file;
        this.inbox = inbox;
        acceptor = new Thread(null, this::run, "control-socket", STACK_BYTES);
        acceptor.setDaemon(true);
    }

    /// Takes the name, also from somebody who answers there: ask [#answers] before.
    ///
    /// @throws IOException in words for the operator
    public static ControlSocket open(Path path, Inbox inbox) throws IOException {
        var socket = new ControlSocket(SocketFile.open(path), inbox);
        socket.acceptor.start();
        return socket;
    }

    /// Whether somebody listens under that name.
    public static boolean answers(Path path) {
        return SocketFile.answers(path);
    }

    /// Whether the name still leads here.
    public boolean isNamed() {
        return file.isNamed();
    }

    private void run() {
        try (var epoll = new Epoll()) {
            epoll.add(file.fd(), Epoll.IN, 0);
            epoll.add(stop, Epoll.IN, STOP);
            var events = new Epoll.Events(2);
            var errno = Errno.allocate();
            while (true) {
                int count = epoll.await(events, 2, -1);
                for (int i = 0; i < count; i++) {
                    if (events.data(i) == STOP) {
                        return;
                    }
                }
                if (count > 0) {
                    accept(errno);
                }
            }
        }
    }

    private void accept(Errno errno) {
        int fd = Sockets.accept(errno, file.fd());
        if (fd < 0) {
            if (fd != -Errno.EAGAIN) {
                LOG.log(Level.WARNING, "the control socket cannot accept: errno " + -fd);
                pause();
            }
            return;
        }
        var connection = new Connection(fd, inbox, this::ended);
        synchronized (connections) {
            if (connections.size() == CONNECTIONS_MAX) {
                connection.refuse("too many ask at once, at most " + CONNECTIONS_MAX);
                return;
            }
            connections.add(connection);
        }
        connection.start();
    }

    /// Descriptors are short, say: it would fail again at once.
    private static void pause() {
        try {
            Thread.sleep(Duration.ofMillis(100));
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private void ended(Connection connection) {
        synchronized (connections) {
            connections.remove(connection);
            connections.notifyAll();
        }
    }

    /// Answers that were given are still sent, if their clients read them within a second.
    @Override
    public void close() {
        EventFd.signal(stop);
        try {
            acceptor.join();
            Sockets.close(stop);
            file.close();
            awaitLastAnswers();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private void awaitLastAnswers() throws InterruptedException {
        var end = System.nanoTime() + LAST_ANSWERS.toNanos();
        synchronized (connections) {
            connections.forEach(Connection::noMoreQuestions);
            while (!connections.isEmpty()) {
                var left = Duration.ofNanos(end - System.nanoTime()).toMillis();
                if (left <= 0) {
                    return;
                }
                connections.wait(left);
            }
        }
    }
}
