package junicorn.os;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// Setting sockets up. What connections do is in [StreamTest].
class SocketsTest {
    @RegisterExtension final Fds fds = new Fds();

    private final Errno errno = Errno.allocate();

    @Test
    void aListenerKnowsItsAddressAndKind() {
        int listener = fds.listener(Fds.loopback());
        int fresh = fds.socket(Fds.loopback());

        var address = (InetSocketAddress) Sockets.localAddress(listener).orElseThrow();

        assertThat(address.getAddress().isLoopbackAddress()).isTrue();
        assertThat(address.getPort()).isPositive();
        assertThat(Sockets.isListening(listener)).isTrue();
        assertThat(Sockets.isTcp(listener)).isTrue();
        assertThat(Sockets.isListening(fresh)).isFalse();
    }

    @Test
    void aUsedPortIsNamed() {
        var used = Sockets.localAddress(fds.listener(Fds.loopback())).orElseThrow();
        int second = fds.socket(used);
        int port = ((InetSocketAddress) used).getPort();

        assertThatThrownBy(() -> Sockets.bind(second, used))
                .hasMessage("bind(127.0.0.1:%d) failed: EADDRINUSE (address already in use)", port);
    }

    @Test
    void aPortWhoseConnectionsLingerCanBeReused() {
        int listener = fds.socket(Fds.loopback());
        Sockets.reuseAddress(listener); // must be the old one's wish too
        Sockets.bind(listener, Fds.loopback());
        Sockets.listen(listener, 1);
        Sockets.nonBlocking(listener, true);
        var address = Sockets.localAddress(listener).orElseThrow();
        int client = fds.client(listener);
        fds.close(fds.accepted(errno, listener)); // first, and so TIME_WAIT stays on the server
        fds.close(client);
        fds.close(listener);

        int heir = fds.socket(address);
        Sockets.reuseAddress(heir);
        Sockets.bind(heir, address);

        assertThat(Sockets.localAddress(heir)).contains(address);
    }

    @Test
    void anAddressOfAnotherMachineIsNotBound() {
        var strange = new InetSocketAddress(InetAddress.ofLiteral("192.0.2.1"), 0);
        int fd = fds.socket(strange);

        assertThatThrownBy(() -> Sockets.bind(fd, strange)).hasMessageContaining("EADDRNOTAVAIL");
    }

    @Test
    void aNameThatIsNotResolvedIsRefused() {
        assertThatThrownBy(() -> Sockets.open(InetSocketAddress.createUnresolved("nowhere", 80)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("nowhere");
    }

    @Test
    void connectingWhereNobodyListensIsAnAnswerAndNoException() {
        int listener = fds.listener(Fds.loopback());
        var address = Sockets.localAddress(listener).orElseThrow();
        fds.close(listener);

        assertThat(Sockets.connect(fds.socket(address), address)).isEqualTo(-Errno.ECONNREFUSED);
    }

    @Test
    void connectionsComeOverIpv6WhereTheMachineHasIt() throws SocketException {
        var loopback = InetAddress.ofLiteral("::1");
        boolean here = NetworkInterface.getByInetAddress(loopback) != null;
        var host = here ? loopback : InetAddress.ofLiteral("127.0.0.1");
        int listener = fds.listener(new InetSocketAddress(host, 0));
        int client = fds.client(listener);

        int server = fds.accepted(errno, listener);

        assertThat(Sockets.localAddress(listener)).isEqualTo(Sockets.peerAddress(client));
        assertThat(Sockets.peerAddress(server)).isEqualTo(Sockets.localAddress(client));
        assertThat(((InetSocketAddress) Sockets.peerAddress(server).orElseThrow()).getAddress())
                .isEqualTo(host);
    }

    @Test
    void twoSocketsShareAPortOnlyIfBothSaySo() {
        var any = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        int one = fds.socket(any);
        Sockets.reusePort(one);
        Sockets.bind(one, any);
        Sockets.listen(one, 1);
        var address = Sockets.localAddress(one).orElseThrow();

        int two = fds.socket(address);
        Sockets.reusePort(two);
        Sockets.bind(two, address);
        Sockets.listen(two, 1);

        assertThat(Sockets.isListening(two)).isTrue();
        assertThatThrownBy(() -> Sockets.bind(fds.socket(address), address))
                .isInstanceOf(PosixException.class)
                .hasMessageContaining("EADDRINUSE");
    }

    @Test
    void whatIsNoSocketIsSaidSo() throws IOException {
        int eventFd = fds.own(EventFd.create());

        assertThatThrownBy(() -> Sockets.isListening(eventFd))
                .hasMessage(
                        "getsockopt(%d, SO_ACCEPTCONN) failed: "
                                + "ENOTSOCK (socket operation on non-socket)",
                        eventFd);
        assertThatThrownBy(() -> Sockets.listen(eventFd, 1)).hasMessageContaining("ENOTSOCK");
        assertThatThrownBy(() -> Sockets.localAddress(eventFd)).hasMessageContaining("ENOTSOCK");
        assertThatThrownBy(() -> Sockets.peerAddress(eventFd)).hasMessageContaining("ENOTSOCK");
        assertThat(Sockets.noDelay(eventFd)).isFalse();
    }

    @Test
    void closingTwiceIsABugThatIsTold() {
        int fd = Sockets.open(Fds.loopback());
        Sockets.close(fd);
        int other = Sockets.open(Fds.loopback());
        var closed = Sockets.close(errno, other);

        assertThatThrownBy(() -> Sockets.close(fd))
                .hasMessage("close(%d) failed: EBADF (bad file descriptor)", fd);
        assertThat(closed).isZero();
        assertThat(Sockets.close(errno, other)).isEqualTo(-Errno.EBADF);
    }

    @Test
    void descriptorsAreClosedOnExecUnlessToldOtherwise() throws IOException {
        int fd = fds.socket(Fds.loopback());
        var atFirst = flags(fd);

        Sockets.closeOnExec(fd, false);
        var kept = flags(fd);
        Sockets.closeOnExec(fd, true);

        assertThat(atFirst).isEqualTo("02000002"); // O_CLOEXEC | O_RDWR
        assertThat(kept).isEqualTo("02");
        assertThat(flags(fd)).isEqualTo(atFirst);
    }

    @Test
    void nonBlockingIsSwitchedOnAndOff() throws IOException {
        int fd = fds.socket(Fds.loopback());

        Sockets.nonBlocking(fd, true);
        var on = flags(fd);
        Sockets.nonBlocking(fd, false);

        assertThat(on).isEqualTo("02004002"); // O_CLOEXEC | O_NONBLOCK | O_RDWR
        assertThat(flags(fd)).isEqualTo("02000002");
        assertThatThrownBy(() -> Sockets.nonBlocking(987_654, true)).hasMessageContaining("EBADF");
    }

    @Test
    void heapMemoryIsRefusedBeforeCSeesIt() {
        var heap = MemorySegment.ofArray(new byte[8]);
        int client = fds.client(fds.listener(Fds.loopback()));

        assertThatThrownBy(() -> Sockets.send(errno, client, heap, 8))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void moreThanASegmentHoldsIsRefusedBeforeCSeesIt() {
        int client = fds.client(fds.listener(Fds.loopback()));
        try (var arena = Arena.ofConfined()) {
            var small = arena.allocate(8);

            assertThatThrownBy(() -> Sockets.recv(errno, client, small, 9))
                    .isInstanceOf(IndexOutOfBoundsException.class)
                    .hasMessage("9 bytes of a segment of 8");
            assertThatThrownBy(() -> Sockets.send(errno, client, small, -1))
                    .isInstanceOf(IndexOutOfBoundsException.class);
        }
    }

    /// As /proc says, in octal.
    private static String flags(int fd) throws IOException {
        return Files.readAllLines(Path.of("/proc/self/fdinfo/" + fd)).stream()
                .filter(line -> line.startsWith("flags:"))
                .map(line -> line.substring(6).strip())
                .findFirst()
                .orElseThrow();
    }
}
