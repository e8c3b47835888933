package junicorn.systemtest;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

@SystemTest
final class AddressesTest {
    @Test
    void servesTcpOfBothFamiliesAndAUnixSocketAtOnce() throws Exception {
        var launch = new Launch().workers(2);
        var socket = launch.work().resolve("s");
        try (var server = launch.bind("127.0.0.1:0", "[::1]:0", "unix:" + socket).start()) {
            for (int index = 0; index < 3; index++) {
                try (var load = Load.on(server.address(index), 2).awaitCompleted(50)) {
                    assertThat(load.stop().failures()).isEmpty();
                }
            }
        }
    }
}
