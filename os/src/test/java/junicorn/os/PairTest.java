package junicorn.os;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// The two ends that master and worker talk through.
class PairTest {
    @RegisterExtension final Fds fds = new Fds();

    private final MemorySegment buffer = Arena.ofAuto().allocate(300_000);

    @Test
    void messagesKeepTheirBoundaries() {
        var pair = fds.pair();

        Sockets.sendBlocking(pair[0], buffer.asSlice(0, 3));
        Sockets.sendBlocking(pair[0], buffer.asSlice(0, 100_000));
        Sockets.sendBlocking(pair[1], buffer.asSlice(0, 7));

        assertThat(Sockets.receiveBlocking(pair[1], buffer)).isEqualTo(3);
        assertThat(Sockets.receiveBlocking(pair[1], buffer)).isEqualTo(100_000);
        assertThat(Sockets.receiveBlocking(pair[0], buffer)).isEqualTo(7);
    }

    @Test
    void receivingWaitsForTheMessage() {
        var pair = fds.pair();
        var waiting = CompletableFuture.supplyAsync(() -> Sockets.receiveBlocking(pair[1], buffer));

        Sockets.sendBlocking(pair[0], buffer.asSlice(0, 5));

        assertThat(waiting.orTimeout(20, SECONDS).join()).isEqualTo(5);
    }

    @Test
    void theOtherEndsCloseIsTheEnd() {
        var pair = fds.pair();
        Sockets.sendBlocking(pair[0], buffer.asSlice(0, 5));

        fds.close(pair[0]);

        assertThat(Sockets.receiveBlocking(pair[1], buffer)).isEqualTo(5);
        assertThat(Sockets.receiveBlocking(pair[1], buffer)).isZero();
        assertThatThrownBy(() -> Sockets.sendBlocking(pair[1], buffer.asSlice(0, 5)))
                .hasMessage("send(%d, 5 bytes) failed: EPIPE (broken pipe)", pair[1]);
    }

    @Test
    void theLastWordsOfAnEndThatHadNotReadOursAreHeard() {
        var pair = fds.pair();
        Sockets.sendBlocking(pair[1], buffer.asSlice(0, 9));
        Sockets.sendBlocking(pair[0], buffer.asSlice(0, 5));

        fds.close(pair[0]);

        assertThat(Sockets.receiveBlocking(pair[1], buffer)).isEqualTo(5);
        assertThat(Sockets.receiveBlocking(pair[1], buffer)).isZero();
    }

    @Test
    void aMessageThatDoesNotFitIsAnErrorOnEitherSide() {
        var pair = fds.pair();
        Sockets.sendBlocking(pair[0], buffer.asSlice(0, 10));

        assertThatThrownBy(() -> Sockets.receiveBlocking(pair[1], buffer.asSlice(0, 9)))
                .hasMessage("recv(%d) failed: EMSGSIZE (message too long)", pair[1]);
        assertThatThrownBy(() -> Sockets.sendBlocking(pair[0], buffer))
                .hasMessageContaining("EMSGSIZE");
    }
}
