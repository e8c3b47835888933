package junicorn.os;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class AcceptQueueTest {
    @Test
    void countsThoseWhoWaitToBeAccepted() throws Exception {
        var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        var fd = Sockets.open(address);
        try {
            Sockets.bind(fd, address);
            Sockets.listen(fd, 10);
            assertThat(AcceptQueue.length(fd)).isZero();
            var port = ((InetSocketAddress) Sockets.localAddress(fd).orElseThrow()).getPort();

            try (var one = new Socket(address.getAddress(), port);
                    var two = new Socket(address.getAddress(), port)) {
                assertThat(Sockets.await(fd, Epoll.IN, Duration.ofSeconds(10))).isTrue();
                assertThat(one.isConnected() && two.isConnected()).isTrue();
                assertThat(AcceptQueue.length(fd)).isEqualTo(2);
            }
        } finally {
            Sockets.close(fd);
        }
    }

    @Test
    void aFileHasNone() {
        assertThatThrownBy(() -> AcceptQueue.length(0)).isInstanceOf(PosixException.class);
    }
}
