package junicorn.systemtest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@SystemTest
final class AddressesTest {
    @ParameterizedTest
    @ValueSource(strings = {"sync", "gthread", "virtual", "async"})
    void everyClassServesSeveralListenersOfSeveralKindsAtOnce(String workerClass) throws Exception {
        var launch = new Launch().workers(2).with("--worker-class", workerClass);
        var unix = "unix:" + launch.work().resolve("s");
        var binds = new ArrayList<>(List.of("127.0.0.1:0", unix, "127.0.0.2:0"));
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
