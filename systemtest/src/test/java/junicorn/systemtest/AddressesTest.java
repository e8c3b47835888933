package junicorn.systemtest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

@SystemTest
final class AddressesTest {
    @Test
    void servesTcpOfBothFamiliesAndAUnixSocketAtOnce() throws Exception {
        var launch = new Launch().workers(2);
        var binds = new ArrayList<>(List.of("127.0.0.1:0", "unix:" + launch.work().resolve("s")));
        if (hasIpv6()) {
            binds.add("[::1]:0");
        }
        try (var server = launch.bind(binds.toArray(String[]::new)).start()) {
            for (int index = 0; index < binds.size(); index++) {
                try (var load = Load.on(server.address(index), 2).awaitCompleted(50)) {
                    assertThat(load.stop().failures()).isEmpty();
                }
            }
        }
    }

    private static boolean hasIpv6() throws IOException {
        return NetworkInterface.getByInetAddress(InetAddress.ofLiteral("::1")) != null;
    }
}
