package junicorn.os;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.throwable;

import java.lang.foreign.Arena;
import java.net.UnixDomainSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class UnixSocketTest {
    @RegisterExtension final Fds fds = new Fds();

    @TempDir Path folder;

    private final Errno errno = Errno.allocate();

    @Test
    void bytesGoThroughAFile() {
        int listener = fds.listener(address("a socket"));
        int client = fds.client(listener);
        int server = fds.accepted(errno, listener);
        var buffer = Arena.ofAuto().allocate(16);

        int sent = Sockets.send(errno, client, buffer, 7);

        assertThat(sent).isEqualTo(7);
        assertThat(Sockets.recv(errno, server, buffer, 16)).isEqualTo(7);
        assertThat(Sockets.localAddress(listener)).contains(address("a socket"));
        assertThat(Sockets.peerAddress(client)).contains(address("a socket"));
        assertThat(Sockets.peerAddress(server)).isEmpty();
        assertThat(Sockets.isListening(listener)).isTrue();
    }

    @Test
    void whatOnlyTcpKnowsIsToldApart() {
        int listener = fds.listener(address("socket"));
        fds.client(listener);
        int server = fds.accepted(errno, listener);

        assertThat(Sockets.isTcp(listener)).isFalse();
        assertThat(Sockets.noDelay(server)).isFalse();
        assertThat(NewClients.refuse(listener)).isEqualTo(NewClients.Way.NONE);
        assertThatThrownBy(() -> Sockets.deferAccept(listener, Duration.ofSeconds(1)))
                .hasMessageContaining("TCP_DEFER_ACCEPT=1) failed: EOPNOTSUPP");
    }

    @Test
    void aLiveFileAcceptsAndAStaleOneRefuses() {
        int listener = fds.listener(address("socket"));
        int early = Sockets.connect(fds.socket(address("socket")), address("socket"));

        fds.close(listener);
        int late = Sockets.connect(fds.socket(address("socket")), address("socket"));
        int never = Sockets.connect(fds.socket(address("none")), address("none"));

        assertThat(early).isZero();
        assertThat(late).isEqualTo(-Errno.ECONNREFUSED);
        assertThat(never).isEqualTo(-Errno.ENOENT);
    }

    @Test
    void aFileThatIsThereIsNotReplaced() {
        fds.listener(address("socket"));
        int second = fds.socket(address("socket"));

        assertThatThrownBy(() -> Sockets.bind(second, address("socket")))
                .hasMessage(
                        "bind(%s) failed: EADDRINUSE (address already in use)", address("socket"));
    }

    @Test
    void aPathOf107BytesFitsAndOneOf108DoesNot() {
        var prefix = folder.toString().length() + 1;
        var longest = address("x".repeat(107 - prefix));
        var tooLong = address("x".repeat(108 - prefix));

        int listener = fds.listener(longest);
        int other = fds.socket(tooLong);

        assertThat(Sockets.localAddress(listener)).contains(longest);
        assertThatThrownBy(() -> Sockets.bind(other, tooLong))
                .hasMessage(
                        "bind(%s: 108 bytes of at most 107) failed: "
                                + "ENAMETOOLONG (file name too long)",
                        tooLong)
                .asInstanceOf(throwable(PosixException.class))
                .extracting(PosixException::errno)
                .isEqualTo(Errno.ENAMETOOLONG);
    }

    @Test
    void anEmptyPathIsRefused() {
        int fd = fds.socket(address("socket"));

        assertThatThrownBy(() -> Sockets.bind(fd, UnixDomainSocketAddress.of("")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a Unix address without a path");
    }

    private UnixDomainSocketAddress address(String name) {
        return UnixDomainSocketAddress.of(folder.resolve(name));
    }
}
