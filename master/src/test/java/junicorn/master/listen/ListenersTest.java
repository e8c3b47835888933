package junicorn.master.listen;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import junicorn.master.settings.Bind;
import junicorn.master.settings.BindFailed;
import junicorn.master.settings.ListenSettings;
import junicorn.os.Epoll;
import junicorn.os.Errno;
import junicorn.os.Sockets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Ring 2: real sockets on loopback.
class ListenersTest {
    private static final Pattern NAME = Pattern.compile("http://(.+):(\\d+)");

    private int pauses;

    @TempDir Path directory;

    @Test
    void opensAllKindsAndTellsTheRealPort() throws Exception {
        var path = directory.resolve("a b.sock");

        try (var listeners =
                open("127.0.0.1:0", "[::1]:0", "localhost:0", ":0", "unix:" + path).orElseThrow()) {
            assertThat(listeners.named())
                    .extracting(Listener::tcp)
                    .containsExactly(true, true, true, true, false);
            assertThat(listeners.named().get(0).name()).matches("http://127\\.0\\.0\\.1:[1-9]\\d+");
            assertThat(listeners.named().get(1).name()).matches("http://\\[.*:1\\]:[1-9]\\d+");
            assertThat(listeners.named().get(3).name()).matches("http://0\\.0\\.0\\.0:[1-9]\\d+");
            assertThat(listeners.named().get(4).name()).isEqualTo("unix:" + path);
            assertThat(listeners.named())
                    .allMatch(it -> Sockets.isListening(it.fd()))
                    .allMatch(it -> Sockets.accept(Errno.allocate(), it.fd()) == -Errno.EAGAIN);
            assertThat(listeners.areAwaited()).isFalse();
        }
        assertThat(path).doesNotExist();
    }

    @Test
    void seesAClientThatWaits() throws Exception {
        try (var listeners = open("127.0.0.1:0").orElseThrow();
                var client = SocketChannel.open(address(listeners.named().get(0)))) {
            assertThat(client.isConnected()).isTrue();
            assertThat(awaited(listeners)).isTrue();
        }
    }

    @Test
    void whoIsConnectedWhereWeLeaveIsSeenAndTheAddressIsNotTakenAgainMeanwhile() throws Exception {
        var path = directory.resolve("left");
        var left = Bind.parse("unix:" + path);
        try (var listeners = open("127.0.0.1:0", left.toString()).orElseThrow();
                var _ = SocketChannel.open(address(listeners.named().get(0)));
                var client = SocketChannel.open(UnixDomainSocketAddress.of(path))) {
            listeners.refuseNewBut(Set.of(Bind.parse("127.0.0.1:0")));

            assertThat(client.isConnected()).isTrue();
            assertThat(listeners.areLeftAwaited()).isTrue();
            assertThat(path).doesNotExist();
            assertThatThrownBy(() -> listeners.add(List.of(left)))
                    .hasMessageContaining("it is just being closed");
            listeners.keepBinds(Set.of(Bind.parse("127.0.0.1:0")));
            assertThat(listeners.areLeftAwaited()).isFalse();
            assertThat(listeners.add(List.of(left))).hasSize(1);
        }
    }

    @Test
    void aClientThatIsConnectedSurvivesWhenNewOnesAreRefused() throws Exception {
        try (var listeners = open("127.0.0.1:0").orElseThrow();
                var _ = SocketChannel.open(address(listeners.named().get(0)))) {
            listeners.refuseNew();

            try (var late = SocketChannel.open()) {
                late.configureBlocking(false);
                assertThat(late.connect(address(listeners.named().get(0)))).isFalse();
                assertThat(awaited(listeners)).isTrue();
                assertThat(late.finishConnect()).isFalse();
            }
        }
    }

    @Test
    void aPortInUseIsTriedFiveTimesAndEachOtherBindToo() throws Exception {
        try (var other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            var taken = "127.0.0.1:" + other.getLocalPort();
            var path = directory.resolve("x.sock");

            assertThat(open("unix:" + path, taken)).isEmpty();

            assertThat(pauses).isEqualTo(4);
            assertThat(path).doesNotExist();
        }
    }

    @Test
    void aPortThatBecomesFreeIsTaken() throws Exception {
        var other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        var taken = List.of(Bind.parse("127.0.0.1:" + other.getLocalPort()));

        try (var listeners =
                Listeners.open(taken, new ListenSettings(16, true, false), () -> close(other))
                        .orElseThrow()) {
            assertThat(listeners.named()).hasSize(1);
        }
    }

    @Test
    void whatCannotPassIsNotTriedAgain() throws Exception {
        assertThat(open("192.0.2.1:0")).isEmpty();
        assertThat(open("no-such-host.invalid:0")).isEmpty();
        assertThat(open("fd://999")).isEmpty();
        assertThat(open("fd://0")).isEmpty();
        assertThat(open("unix:" + directory.resolve("missing/a.sock"))).isEmpty();

        assertThat(pauses).isZero();
    }

    @Test
    void failuresAreToldInWords() {
        assertThat(failure("192.0.2.1:0"))
                .isEqualTo(
                        "cannot bind 192.0.2.1:0: cannot assign requested address; no interface of"
                                + " this machine has it");
        assertThat(failure("no-such-host.invalid:0"))
                .isEqualTo(
                        "cannot bind no-such-host.invalid:0: unknown host 'no-such-host.invalid'");
        assertThat(failure("fd://999"))
                .isEqualTo("cannot bind fd://999: no such file descriptor was handed to us");
    }

    @Test
    void aStaleSocketFileIsReplaced() throws Exception {
        var path = directory.resolve("stale.sock");
        ServerSocketChannel.open(StandardProtocolFamily.UNIX)
                .bind(UnixDomainSocketAddress.of(path))
                .close();
        assertThat(path).exists();

        try (var _ = open("unix:" + path).orElseThrow();
                var client = SocketChannel.open(UnixDomainSocketAddress.of(path))) {
            assertThat(client.isConnected()).isTrue();
        }
    }

    @Test
    void aLiveSocketFileIsRefusedAndLeftAlone() throws Exception {
        var path = directory.resolve("live.sock");
        try (var _ = open("unix:" + path).orElseThrow()) {
            assertThat(open("unix:" + path)).isEmpty();

            try (var client = SocketChannel.open(UnixDomainSocketAddress.of(path))) {
                assertThat(client.isConnected()).isTrue();
            }
        }
    }

    @Test
    void aFileThatIsNoSocketIsRefusedAndLeftAlone() throws Exception {
        var path = Files.writeString(directory.resolve("notes.txt"), "mine");

        assertThat(failure("unix:" + path)).endsWith("a file is there that is not a socket");
        assertThat(path).hasContent("mine");
    }

    @Test
    void theSocketFileOfASuccessorIsLeftAlone() throws Exception {
        var path = directory.resolve("s.sock");
        var old = open("unix:" + path).orElseThrow();
        old.refuseNew();
        assertThat(path).doesNotExist();

        try (var _ = open("unix:" + path).orElseThrow()) {
            old.close();

            assertThat(path).exists();
        }
    }

    @Test
    void anInheritedSocketIsUsedAsItIs() throws Exception {
        var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        var fd = Sockets.open(address);
        Sockets.bind(fd, address);
        assertThat(failure("fd://" + fd)).endsWith("that socket is not listening");
        Sockets.listen(fd, 16);

        try (var listeners = open("fd://" + fd).orElseThrow();
                var _ = SocketChannel.open(address(listeners.named().get(0)))) {
            listeners.refuseNew();
            assertThat(listeners.areAwaited()).isFalse();
            try (var another = SocketChannel.open(address(listeners.named().get(0)))) {
                assertThat(another.isConnected()).isTrue();
            }
        }
    }

    private Optional<Listeners> open(String... binds) throws InterruptedException {
        return Listeners.open(
                List.of(binds).stream().map(Bind::parse).toList(),
                new ListenSettings(16, false, false),
                () -> pauses++);
    }

    private static String failure(String bind) {
        try {
            Listener.open(Bind.parse(bind), new ListenSettings(16, false, false)).close();
            return "";
        } catch (BindFailed failed) {
            return String.valueOf(failed.getMessage());
        }
    }

    private static boolean awaited(Listeners listeners) {
        return Sockets.await(listeners.named().get(0).fd(), Epoll.IN, Duration.ofSeconds(5))
                && listeners.areAwaited();
    }

    private static InetSocketAddress address(Listener listener) {
        var name = NAME.matcher(listener.name());
        assertThat(name.matches()).isTrue();
        return new InetSocketAddress(name.group(1), Integer.parseInt(name.group(2)));
    }

    private static void close(ServerSocket socket) {
        try {
            socket.close();
        } catch (IOException failed) {
            throw new AssertionError(failed);
        }
    }
}
