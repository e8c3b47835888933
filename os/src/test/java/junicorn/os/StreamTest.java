package junicorn.os;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// What happens on connections, over TCP on the loopback.
class StreamTest {
    private static final Duration SOON = Duration.ofSeconds(20);

    @RegisterExtension final Fds fds = new Fds();

    private final Errno errno = Errno.allocate();
    private final MemorySegment buffer = Arena.ofAuto().allocate(1 << 20);
    private int listener;
    private int client;
    private int server;

    @BeforeEach
    void connect() {
        listener = fds.listener(Fds.loopback());
        client = fds.client(listener);
        server = fds.accepted(errno, listener);
    }

    @Test
    void anEmptyQueueSaysAgain() {
        assertThat(Sockets.accept(errno, listener)).isEqualTo(-Errno.EAGAIN);
        assertThat(Sockets.accept(errno, client)).isEqualTo(-Errno.EINVAL);
        assertThat(Sockets.accept(errno, 987_654)).isEqualTo(-Errno.EBADF);
    }

    @Test
    void bytesArriveAndThenTheEnd() {
        var hello = buffer.asSlice(0, 5);
        hello.copyFrom(MemorySegment.ofArray("hello".getBytes(StandardCharsets.UTF_8)));
        int nothing = Sockets.recv(errno, server, buffer, 100);

        int sent = Sockets.send(errno, client, hello, 5);
        var received = buffer.asSlice(100, 100);
        int count = Sockets.recv(errno, server, received, 100);
        boolean open = Sockets.shutdownWrite(client);
        int end = Sockets.recv(errno, server, received, 100);

        assertThat(nothing).isEqualTo(-Errno.EAGAIN);
        assertThat(sent).isEqualTo(5);
        assertThat(count).isEqualTo(5);
        assertThat(received.asSlice(0, 5).mismatch(hello)).isEqualTo(-1);
        assertThat(open).isTrue();
        assertThat(end).isZero();
    }

    @Test
    void theLastBytesComeWithTheEnd() {
        int sent = Sockets.sendLast(errno, client, buffer, 5);
        Sockets.shutdownWrite(client);

        assertThat(sent).isEqualTo(5);
        assertThat(Sockets.recv(errno, server, buffer, 100)).isEqualTo(5);
        assertThat(Sockets.recv(errno, server, buffer, 100)).isZero();
    }

    @Test
    void theLastBytesComeSoonWhenTheEndDoesNot() {
        Sockets.sendLast(errno, client, buffer, 5);

        assertThat(Sockets.await(server, Epoll.IN, SOON)).isTrue();
        assertThat(Sockets.recv(errno, server, buffer, 100)).isEqualTo(5);
        assertThat(Sockets.recv(errno, server, buffer, 100)).isEqualTo(-Errno.EAGAIN);
    }

    @Test
    void noCallMovesMoreThan64KiB() {
        Sockets.nonBlocking(client, true);

        int sent = Sockets.send(errno, client, buffer, buffer.byteSize());
        Await.until("bytes", () -> Sockets.await(server, Epoll.IN, Duration.ZERO));
        int received = Sockets.recv(errno, server, buffer, buffer.byteSize());

        assertThat(sent).isBetween(1, 64 * 1024);
        assertThat(received).isBetween(1, 64 * 1024);
    }

    @Test
    void aFullConnectionSaysAgainEvenThoughItsDescriptorBlocks() {
        int sent;
        int calls = 0;
        do {
            sent = Sockets.send(errno, client, buffer, 64 * 1024);
            calls++;
        } while (sent > 0);

        assertThat(sent).isEqualTo(-Errno.EAGAIN);
        assertThat(calls).isGreaterThan(2);
    }

    @Test
    void sendingToAClosedPeerIsAnAnswerAndNoSignal() {
        fds.close(server);

        Await.until("reset", () -> Sockets.send(errno, client, buffer, 1) < 0);

        assertThat(Sockets.send(errno, client, buffer, 1)).isEqualTo(-Errno.EPIPE);
    }

    @Test
    void closingWithUnreadInputResetsThePeer() {
        Sockets.send(errno, client, buffer, 10);
        Await.until("bytes", () -> Sockets.await(server, Epoll.IN, Duration.ZERO));

        fds.close(server);

        assertThat(Sockets.await(client, Epoll.IN, SOON)).isTrue();
        assertThat(Sockets.pendingError(client)).isEqualTo(Errno.ECONNRESET);
        assertThat(Sockets.pendingError(client)).isZero();
        assertThat(Sockets.peerAddress(client)).isEmpty();
        assertThat(Sockets.shutdownWrite(client)).isFalse();
        assertThat(Sockets.shutdownWrite(errno, client)).isEqualTo(-Errno.ENOTCONN);
    }

    @Test
    void halfAConnectionCanBeClosed() {
        assertThat(Sockets.shutdownWrite(errno, server)).isZero();

        assertThat(Sockets.await(client, Epoll.IN, SOON)).isTrue();
        assertThat(Sockets.recv(errno, client, buffer, 1)).isZero();
        assertThat(Sockets.send(errno, client, buffer, 1)).isEqualTo(1);
    }

    @Test
    void smallSegmentsCanBeSentAtOnce() {
        assertThat(Sockets.noDelay(server)).isTrue();
        assertThat(
                        SocketOptions.get(
                                server,
                                SocketOptions.IPPROTO_TCP,
                                SocketOptions.TCP_NODELAY,
                                "TCP_NODELAY"))
                .isNotZero();
    }

    @Test
    void waitingEndsWithTheTimeOrTheEvent() {
        boolean silent = Sockets.await(server, Epoll.IN, Duration.ofMillis(5));
        boolean writable = Sockets.await(server, Epoll.OUT, Duration.ZERO);
        var waiting =
                CompletableFuture.supplyAsync(
                        () -> Sockets.await(server, Epoll.IN, Duration.ofSeconds(Long.MAX_VALUE)));
        Sockets.send(errno, client, buffer, 1);

        assertThat(silent).isFalse();
        assertThat(writable).isTrue();
        assertThat(waiting.orTimeout(20, SECONDS).join()).isTrue();
        assertThatThrownBy(() -> Sockets.await(987_654, Epoll.IN, Duration.ZERO))
                .hasMessage("poll(987654) failed: EBADF (bad file descriptor)");
    }

    @Test
    void aDeferredConnectionIsAcceptedWithItsFirstBytes() {
        Sockets.deferAccept(listener, Duration.ofMillis(1500));
        int silent = fds.client(listener);
        int early = Sockets.accept(errno, listener);

        Sockets.send(errno, silent, buffer, 3);
        assertThat(Sockets.await(listener, Epoll.IN, SOON)).isTrue();
        int accepted = fds.accepted(errno, listener);

        assertThat(early).isEqualTo(-Errno.EAGAIN);
        assertThat(Sockets.recv(errno, accepted, buffer, 10)).isEqualTo(3);
    }

    @Test
    void callsOfManyThreadsDoNotMixTheirErrors() {
        var threads =
                IntStream.range(0, 4)
                        .mapToObj(i -> CompletableFuture.runAsync(() -> failOften(i % 2 == 0)))
                        .toArray(CompletableFuture[]::new);

        assertThat(CompletableFuture.allOf(threads).orTimeout(60, SECONDS)).succeedsWithin(SOON);
    }

    private void failOften(boolean again) {
        var own = Errno.allocate();
        var into = Arena.ofAuto().allocate(JAVA_BYTE);
        for (int i = 0; i < 20_000; i++) {
            assertThat(Sockets.recv(own, again ? server : 987_654, into, 1))
                    .isEqualTo(again ? -Errno.EAGAIN : -Errno.EBADF);
        }
    }
}
