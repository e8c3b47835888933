package junicorn.worker.poll;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import junicorn.os.Epoll;
import junicorn.os.Errno;
import junicorn.os.Sockets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// When a worker is offered connections.
@Timeout(60)
final class ListenerSetTest {
    private final InetSocketAddress anyPort =
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    private final Errno errno = Errno.allocate();
    private final Epoll.Events events = new Epoll.Events(8);
    private Epoll epoll;
    private int fd;
    private ListenerSet listeners;

    @BeforeEach
    void open() {
        epoll = new Epoll();
        fd = bound();
        Sockets.listen(fd, 8);
        listeners = new ListenerSet(epoll, new int[] {fd});
        listeners.open();
    }

    private int bound() {
        int socket = Sockets.open(anyPort);
        Sockets.bind(socket, anyPort);
        Sockets.nonBlocking(socket, true);
        return socket;
    }

    @AfterEach
    void close() {
        listeners.close();
        epoll.close();
    }

    private void connect() throws IOException {
        var address = (InetSocketAddress) Sockets.localAddress(fd).orElseThrow();
        new Socket(address.getAddress(), address.getPort()).close();
        assertThat(Sockets.await(fd, Epoll.IN, Duration.ofSeconds(10))).isTrue();
    }

    private int offers() {
        return epoll.await(events, 8, 0);
    }

    @Test
    void aWaitingConnectionIsOfferedUntilItIsAccepted() throws IOException {
        connect();

        assertThat(offers()).isEqualTo(1);
        assertThat(events.data(0)).isEqualTo(Poll.LISTENER);
        Sockets.close(listeners.accept(errno, 0));
        listeners.rotate(0);
        assertThat(offers()).isZero();
        assertThat(listeners.accept(errno, 0)).isEqualTo(-1);
    }

    @Test
    void aPausedWorkerIsOfferedNothing() throws IOException {
        listeners.pause(ListenerSet.BUSY);
        connect();

        assertThat(offers()).isZero();
        assertThat(listeners.accept(errno, 0)).isEqualTo(-1);
        listeners.restore(); // the sweeper does not end a pause
        assertThat(offers()).isZero();
        listeners.resume(ListenerSet.BUSY);
        assertThat(offers()).isEqualTo(1);
    }

    @Test
    void aConnectionOfWhichASiblingWasToldInVainIsOfferedAfterTheNextSweep() throws Exception {
        listeners.pause(ListenerSet.BUSY);
        try (var _ = new Sibling(fd)) {
            listeners.resume(ListenerSet.BUSY);
            connect();
            assertThat(offers()).isZero();

            listeners.restore();

            assertThat(offers()).isEqualTo(1);
        }
    }

    /// First in the kernel's queue: it is told of a connection and takes none.
    private static final class Sibling implements AutoCloseable {
        private final Epoll epoll = new Epoll();
        private final Thread thread;
        private volatile String task = "";

        Sibling(int listener) throws IOException {
            epoll.add(listener, Epoll.IN | Epoll.EXCLUSIVE, 0);
            thread = Thread.ofPlatform().start(this::run);
            while (task.isEmpty() || !sleeps()) {
                Thread.onSpinWait();
            }
        }

        private void run() {
            var told = new Epoll.Events(1);
            epoll.await(told, 1, 0); // so that from here on nothing but the kernel holds it up
            try {
                task = Files.readSymbolicLink(Path.of("/proc/thread-self")).toString();
            } catch (IOException e) {
                throw new AssertionError(e);
            }
            epoll.await(told, 1, 30_000);
        }

        /// See proc_pid_stat(5).
        private boolean sleeps() throws IOException {
            return Files.readString(Path.of("/proc", task, "stat")).contains(") S ");
        }

        @Override
        public void close() {
            try {
                thread.join();
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
            epoll.close();
        }
    }

    @Test
    void whenAcceptFailsTheListenerRestsUntilTheNextSweep() {
        int notListening = bound();
        var broken = new ListenerSet(epoll, new int[] {notListening});
        broken.open();
        assertThat(offers()).isEqualTo(1); // EPOLLHUP: it would be offered for ever

        assertThat(broken.accept(errno, 0)).isEqualTo(-1);

        assertThat(offers()).isZero();
        broken.restore();
        assertThat(offers()).isEqualTo(1);
        broken.close();
    }

    @Test
    void aClosedWorkerIsOfferedNothing() throws IOException {
        connect();

        listeners.close();
        listeners.resume(ListenerSet.BUSY);

        assertThat(offers()).isZero();
        assertThat(listeners.accept(errno, 0)).isEqualTo(-1);
    }
}
