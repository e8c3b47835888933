package junicorn.worker.poll;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import junicorn.os.Epoll;
import junicorn.os.Errno;
import junicorn.os.Sockets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Who owns a connection when, with real descriptors and no other thread.
final class PolledSocketTest {
    private final Errno errno = Errno.allocate();
    private final List<Socket> clients = new ArrayList<>();
    private int listener;
    private Poll poll;

    /// Notes what it is told.
    private static final class Told implements SocketOwner {
        private final List<String> events = new ArrayList<>();

        @Override
        public void ready(int interest) {
            events.add("ready " + interest);
        }

        @Override
        public void expired() {
            events.add("expired");
        }

        @Override
        public void draining() {
            events.add("draining");
        }
    }

    @BeforeEach
    void listen() {
        var anyPort = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        listener = Sockets.open(anyPort);
        Sockets.bind(listener, anyPort);
        Sockets.listen(listener, 8);
        Sockets.nonBlocking(listener, true);
        poll = new Poll(new Concurrency.Pool(1), new int[] {listener}, () -> {});
    }

    @AfterEach
    void close() throws IOException {
        for (var client : clients) {
            client.close();
        }
        poll.close();
    }

    private Socket connect() throws IOException {
        var address = (InetSocketAddress) Sockets.localAddress(listener).orElseThrow();
        var client = new Socket(address.getAddress(), address.getPort());
        client.setSoTimeout(10_000);
        clients.add(client);
        return client;
    }

    private PolledSocket accept(Told told) {
        Sockets.await(listener, Epoll.IN, Duration.ofSeconds(10));
        int fd = Sockets.accept(errno, listener);
        assertThat(fd).isNotNegative();
        var socket = poll.adopt(fd);
        socket.ownedBy(told);
        return socket;
    }

    /// One round of a request thread's loop. What was waited for has happened already.
    private void turn() {
        var events = new Epoll.Events(8);
        int count = poll.epoll().await(events, 8, 0);
        for (int i = 0; i < count; i++) {
            poll.fired(events.data(i), events.events(i));
        }
        var me = new Crew.Member();
        while (poll.crew().next(me) == Crew.Turn.SERVE) {
            poll.fired(me.data, me.happened);
        }
        poll.crew().polled(me, events, 0);
    }

    private static void says(Socket client, PolledSocket socket) throws IOException {
        client.getOutputStream().write('x');
        assertThat(socket.await(PolledSocket.READ, Duration.ofSeconds(10))).isTrue();
    }

    @Test
    void aClosedSocketTouchesNoConnectionThatHasItsNumberNow() throws IOException {
        var buffer = poll.buffers().take();
        connect();
        var old = accept(new Told());
        var heir = heirOf(old, new Told());
        says(clients.getLast(), heir);

        buffer.bytes().limit(1);
        assertThat(old.receive(buffer)).isEqualTo(-1);
        assertThat(old.send(buffer, 1)).isEqualTo(-1);
        old.shutdownOutput();
        assertThat(old.arm(PolledSocket.READ)).isFalse();
        assertThat(old.peerAddress()).isEmpty();
        assertThat(old.close()).isFalse();

        assertThat(heir.receive(buffer)).isEqualTo(1);
        assertThat(heir.send(buffer, 1)).isEqualTo(1);
        assertThat(clients.getLast().getInputStream().read()).isEqualTo('x');
    }

    private static int numberOf(PolledSocket socket) {
        return Integer.parseInt(socket.toString().replaceAll("socket fd=(\\d+) .*", "$1"));
    }

    /// Closes, and accepts the next connection: the kernel gives it the lowest number that is free.
    private PolledSocket heirOf(PolledSocket old, Told told) throws IOException {
        connect();
        old.close();
        var heir = accept(told);
        assertThat(numberOf(heir)).isEqualTo(numberOf(old));
        return heir;
    }

    @Test
    void anEventOfAnEarlierConnectionIsIgnored() throws IOException {
        var told = new Told();
        connect();
        var old = accept(new Told());
        int number = numberOf(old);
        long staleData = Long.parseLong(old.toString().replaceAll(".*serial=", "")) << 32 | number;
        heirOf(old, told).arm(PolledSocket.READ);

        poll.fired(staleData, Epoll.IN);

        assertThat(told.events).isEmpty();
    }

    @Test
    void anEventIsTakenOnce() throws IOException {
        var told = new Told();
        var client = connect();
        var socket = accept(told);
        socket.arm(PolledSocket.READ);
        says(client, socket);

        turn();
        turn();

        assertThat(told.events).containsExactly("ready 1");
    }

    @Test
    void bothInterestsAreServedOneAfterTheOther() throws IOException {
        var told = new Told();
        var client = connect();
        var socket = accept(told);
        socket.arm(PolledSocket.READ);
        socket.arm(PolledSocket.WRITE);

        turn();
        says(client, socket);
        turn();

        assertThat(told.events).containsExactly("ready 2", "ready 1");
    }

    @Test
    void whatIsArmedAndLateExpiresOnce() throws IOException {
        var told = new Told();
        connect();
        var socket = accept(told);
        long now = System.nanoTime();
        socket.deadline(now + 1000);

        poll.sweep(now + 5000); // not armed: its owner has it
        socket.arm(PolledSocket.READ);
        poll.sweep(now);
        poll.sweep(now + 5000);
        poll.sweep(now + 6000);

        assertThat(told.events).containsExactly("expired");
    }

    @Test
    void whatCameInTimeIsNotLate() throws IOException {
        var told = new Told();
        var client = connect();
        var socket = accept(told);
        long now = System.nanoTime();
        socket.deadline(now);
        socket.arm(PolledSocket.READ);
        says(client, socket);

        poll.sweep(now + 5000);
        turn();

        assertThat(told.events).containsExactly("ready 1");
    }

    @Test
    void theEndOfInputIsAnEvent() throws IOException {
        var told = new Told();
        var buffer = poll.buffers().take();
        var client = connect();
        var socket = accept(told);
        socket.arm(PolledSocket.READ);

        client.shutdownOutput();
        assertThat(socket.await(PolledSocket.READ, Duration.ofSeconds(10))).isTrue();
        turn();

        assertThat(told.events).containsExactly("ready 1");
        assertThat(socket.receive(buffer)).isEqualTo(-1);
    }
}
