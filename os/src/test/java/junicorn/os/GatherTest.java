package junicorn.os;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class GatherTest {
    @RegisterExtension final Fds fds = new Fds();

    private final Errno errno = Errno.allocate();
    private final Gather gather = new Gather();
    private final MemorySegment received = Arena.ofAuto().allocate(64 * 1024);
    private int client;
    private int server;

    @BeforeEach
    void connect() {
        int listener = fds.listener(Fds.loopback());
        client = fds.client(listener);
        server = fds.accepted(errno, listener);
    }

    @Test
    void piecesArriveAsOne() {
        var segment = Arena.ofAuto().allocateFrom("xxdeep", StandardCharsets.UTF_8);
        var buffer = direct("--hello, ").position(2);

        boolean added = gather.add(buffer) && gather.add(direct("")) && gather.add(segment, 2, 4);
        int sent = Sockets.send(errno, client, gather);

        assertThat(added).isTrue();
        assertThat(gather.bytes()).isEqualTo(11);
        assertThat(sent).isEqualTo(11);
        assertThat(receive()).isEqualTo("hello, deep");
    }

    @Test
    void whatWasSentIsTakenOffTheBuffers() {
        var one = direct("0123");
        var two = direct("4567");
        gather.add(one);
        gather.add(two);

        gather.advance(6);

        assertThat(one.remaining()).isZero();
        assertThat(two.remaining()).isEqualTo(2);
        assertThat(gather.clear().add(two)).isTrue();
        assertThat(Sockets.send(errno, client, gather)).isEqualTo(2);
        assertThat(receive()).isEqualTo("67");
    }

    @Test
    void sixteenPiecesFitAndOneMoreDoesNot() {
        for (int i = 0; i < Gather.PIECES_MAX; i++) {
            assertThat(gather.add(direct("x"))).isTrue();
        }

        assertThat(gather.add(direct("y"))).isFalse();
        assertThat(gather.add(direct(""))).isTrue();
        assertThat(Sockets.send(errno, client, gather)).isEqualTo(16);
        assertThat(receive()).isEqualTo("x".repeat(16));
    }

    @Test
    void whatGoesBeyond64KiBIsCut() {
        var large = ByteBuffer.allocateDirect(100_000);

        boolean head = gather.add(direct("head"));
        boolean whole = gather.add(large);
        boolean more = gather.add(direct("more"));
        gather.advance(64 * 1024);

        assertThat(head).isTrue();
        assertThat(whole).isFalse();
        assertThat(more).isFalse();
        assertThat(gather.bytes()).isEqualTo(64 * 1024);
        assertThat(large.position()).isEqualTo(64 * 1024 - 4);
    }

    @Test
    void itCanBeUsedAgainAndAgain() {
        for (int i = 0; i < 1000; i++) {
            gather.clear().add(direct("round " + i));
            Sockets.send(errno, client, gather);

            assertThat(receive()).isEqualTo("round " + i);
        }
    }

    @Test
    void nothingGatheredSendsNothing() {
        gather.add(direct("old"));

        assertThat(Sockets.send(errno, client, gather.clear())).isZero();
        assertThat(Sockets.recv(errno, server, received, 10)).isEqualTo(-Errno.EAGAIN);
    }

    @Test
    void memoryThatCCannotReadIsRefused() {
        var heap = MemorySegment.ofArray(new byte[4]);
        var small = Arena.ofAuto().allocate(4);

        assertThatThrownBy(() -> gather.add(ByteBuffer.allocate(4)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("not a direct buffer");
        assertThatThrownBy(() -> gather.add(heap, 0, 4))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> gather.add(small, 2, 3))
                .isInstanceOf(IndexOutOfBoundsException.class);
    }

    private String receive() {
        int count = Sockets.recv(errno, server, received, received.byteSize());
        assertThat(count).isPositive();
        return new String(
                received.asSlice(0, count).toArray(ValueLayout.JAVA_BYTE), StandardCharsets.UTF_8);
    }

    private static ByteBuffer direct(String text) {
        var bytes = text.getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocateDirect(bytes.length).put(bytes).flip();
    }
}
