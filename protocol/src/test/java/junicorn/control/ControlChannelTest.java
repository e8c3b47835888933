package junicorn.control;

import static org.assertj.core.api.Assertions.assertThat;

import junicorn.control.Message.BootFailed;
import junicorn.control.Message.Ready;
import junicorn.os.Sockets;
import org.junit.jupiter.api.Test;

/// Ring 2: a real socketpair.
class ControlChannelTest {
    @Test
    void messagesArriveOneByOneAndThenTheEnd() {
        var pair = Sockets.pair();
        var worker = new ControlChannel(pair[1]);
        var master = new ControlChannel(pair[0]);

        assertThat(worker.send(new Ready(1))).isTrue();
        assertThat(worker.send(new BootFailed("why", "x".repeat(100_000)))).isTrue();
        Sockets.close(pair[1]);

        assertThat(master.receive()).contains(new Ready(1));
        assertThat(master.receive())
                .hasValueSatisfying(
                        message -> assertThat(((BootFailed) message).reason()).isEqualTo("why"));
        assertThat(master.receive()).isEmpty();
        assertThat(master.receive()).isEmpty();
        assertThat(master.send(new Ready(2))).isFalse();
        Sockets.close(pair[0]);
    }
}
