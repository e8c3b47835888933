package junicorn.os;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketAddress;
import java.net.SocketException;
import java.time.Duration;
import junicorn.os.NewClients.Way;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/// A listener that takes no new connections still owes an answer to those it has, whichever way new
/// ones are turned away.
@ParameterizedClass
@EnumSource(
        value = Way.class,
        names = {"FILTER", "TIME_TO_LIVE"})
class RefuseNewTest {
    private static final Duration SOON = Duration.ofSeconds(20);

    @RegisterExtension final Fds fds = new Fds();

    @Parameter Way way = Way.NONE;

    private final Errno errno = Errno.allocate();
    private final MemorySegment buffer = Arena.ofAuto().allocate(64);
    private int listener;
    private Way taken = Way.NONE;
    private SocketAddress address;

    @BeforeEach
    void listen() {
        listener = fds.listener(Fds.loopback());
        address = Sockets.localAddress(listener).orElseThrow();
    }

    @Test
    void whatWasQueuedBeforeIsAcceptedAndServed() {
        int[] clients = {fds.client(listener), fds.client(listener), fds.client(listener)};

        refuseNew();

        for (int client : clients) {
            serve(client);
        }
        assertThat(Sockets.accept(errno, listener)).isEqualTo(-Errno.EAGAIN);
    }

    @Test
    void whatIsHalfOpenUntilItsFirstBytesIsAcceptedAndServed() {
        Sockets.deferAccept(listener, Duration.ofSeconds(20));
        int client = fds.client(listener);
        assertThat(Sockets.accept(errno, listener)).isEqualTo(-Errno.EAGAIN);

        refuseNew();

        serve(client);
    }

    @Test
    void theSameHoldsOverIpv6WhereTheMachineHasIt() throws SocketException {
        var six = InetAddress.ofLiteral("::1");
        boolean here = NetworkInterface.getByInetAddress(six) != null;
        listener = fds.listener(here ? new InetSocketAddress(six, 0) : Fds.loopback());
        address = Sockets.localAddress(listener).orElseThrow();
        int before = fds.client(listener);

        refuseNew();
        int late = fds.socket(address);
        Sockets.nonBlocking(late, true);

        assertThat(Sockets.connect(late, address)).isEqualTo(-Errno.EINPROGRESS);
        assertThat(Sockets.await(late, Epoll.OUT, Duration.ofMillis(50))).isFalse();
        serve(before);
    }

    @Test
    void whatWasAcceptedBeforeGoesOn() {
        int client = fds.client(listener);
        int server = fds.accepted(errno, listener);

        refuseNew();
        fds.close(listener);

        echo(client, server);
    }

    @Test
    void aNewConnectionWaitsAndIsRefusedOnceTheListenerIsClosed() {
        int before = fds.client(listener);
        refuseNew();

        int late = fds.socket(address);
        Sockets.nonBlocking(late, true);
        int started = Sockets.connect(late, address);
        boolean early = Sockets.await(late, Epoll.OUT, Duration.ofMillis(100));
        serve(before);
        fds.close(listener);
        boolean answered = Sockets.await(late, Epoll.OUT, SOON); // to its second SYN, after 1 s

        assertThat(started).isEqualTo(-Errno.EINPROGRESS);
        assertThat(early).isFalse();
        assertThat(answered).isTrue();
        assertThat(Sockets.pendingError(late)).isEqualTo(Errno.ECONNREFUSED);
    }

    @Test
    void anInheritedListenerIsTheSameOne() {
        // another descriptor of the same socket, as a worker has it
        int copy = DescriptorCalls.fcntl(errno, listener, DescriptorFlags.F_DUPFD_CLOEXEC, 0);
        fds.own(copy);

        refuseNew();
        int late = fds.socket(address);
        Sockets.nonBlocking(late, true);

        assertThat(Sockets.connect(late, address)).isEqualTo(-Errno.EINPROGRESS);
        assertThat(Sockets.await(copy, Epoll.IN, Duration.ofMillis(50))).isFalse();
    }

    @Test
    void aConnectionThatIsCompletedLateIsServedToItsEndOnceItIsLoosened() {
        Sockets.deferAccept(listener, Duration.ofSeconds(20));
        int client = fds.client(listener);
        refuseNew();
        assertThat(Sockets.send(errno, client, buffer, 5)).isEqualTo(5);
        assertThat(Sockets.await(listener, Epoll.IN, SOON)).isTrue();
        int server = fds.accepted(errno, listener);
        assertThat(Sockets.recv(errno, server, buffer, 64)).isEqualTo(5);

        boolean loosened = NewClients.loosen(server);

        assertThat(loosened).isEqualTo(taken == Way.TIME_TO_LIVE);
        assertThat(NewClients.loosen(server)).isFalse();
        assertThat(NewClients.loosen(listener)).isFalse();
        echo(client, server);
    }

    /// The filter where we may: who runs this without rights learns that the other way is taken.
    private void refuseNew() {
        if (way == Way.FILTER) {
            taken = NewClients.refuse(listener);
            assertThat(taken).isIn(Way.FILTER, Way.TIME_TO_LIVE);
        } else {
            taken = NewClients.refuseByTtl(listener);
            assertThat(taken).isEqualTo(Way.TIME_TO_LIVE);
        }
    }

    private void serve(int client) {
        assertThat(Sockets.send(errno, client, buffer, 5)).isEqualTo(5);
        assertThat(Sockets.await(listener, Epoll.IN, SOON)).isTrue();
        int server = fds.accepted(errno, listener);
        NewClients.loosen(server);
        assertThat(Sockets.await(server, Epoll.IN, SOON)).isTrue();
        assertThat(Sockets.recv(errno, server, buffer, 64)).isEqualTo(5);
        echo(client, server);
    }

    private void echo(int client, int server) {
        assertThat(Sockets.send(errno, server, buffer, 7)).isEqualTo(7);
        assertThat(Sockets.await(client, Epoll.IN, SOON)).isTrue();
        assertThat(Sockets.recv(errno, client, buffer, 64)).isEqualTo(7);
        assertThat(Sockets.send(errno, client, buffer, 3)).isEqualTo(3);
        assertThat(Sockets.await(server, Epoll.IN, SOON)).isTrue();
        assertThat(Sockets.recv(errno, server, buffer, 64)).isEqualTo(3);
    }
}
