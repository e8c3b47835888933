package junicorn.systemtest;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import junicorn.os.Signal;
import junicorn.os.Sockets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// The test is systemd: it listens on a TCP port, named `web`, and a Unix-domain socket, named
/// `local`, and passes both.
@SystemTest
final class SocketActivationTest {
    private final Launch launch = new Launch().leaves("local").environment("LISTEN_FDS", "2");
    private final UnixDomainSocketAddress local =
            UnixDomainSocketAddress.of(launch.work().resolve("local"));
    private final int webFd = listener(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    private final int localFd = listener(local);
    private final SocketAddress web = Sockets.localAddress(webFd).orElseThrow();

    SocketActivationTest() {
        launch.environment("LISTEN_FDNAMES", "web:local").bind().passing(webFd, localFd);
    }

    @AfterEach
    void close() {
        Sockets.close(webFd);
        Sockets.close(localFd);
    }

    @Test
    void allSocketsAreServedAndBelongToSystemdAtTheEnd() throws Exception {
        try (var server = launch.start()) {
            assertThat(get(web)).startsWith("a ");
            assertThat(get(local)).startsWith("a ");
            assertThat(environment(server.worker(0).pid())).doesNotContain("LISTEN_FDS");
            server.signal(Signal.TERM);
            assertThat(server.awaitExit().code()).isZero();
        }

        try (var early = Wire.to(web).get("/echo?token=early");
                var _ = again().start()) {
            assertThat(early.answer().body()).startsWith("early ");
        }
    }

    @Test
    void oneSocketIsChosenByItsName() throws Exception {
        try (var server = launch.bind("fd://local").begin();
                var waiting = Wire.to(web).get("/echo?token=w")) {
            server.awaitLog("listening at unix:" + local.getPath());
            server.awaitReady(0);
            assertThat(get(local)).startsWith("a ");
            assertThat(server.err().text()).doesNotContain("listening at http:");
            server.signal(Signal.TERM);
            server.awaitExit();
            assertThat(waiting).isNotNull(); // for systemd to serve
        }
    }

    @Test
    void aNameThatIsNotThereIsMisuse() {
        var ended = launch.bind("fd://admin").run();

        assertThat(ended.code()).isEqualTo(2);
        assertThat(ended.err())
                .contains("--bind fd://admin: systemd passed sockets named [web, local]");
    }

    @Test
    void anUpgradeFailsNoRequestAndPassesTheSocketsOn() throws Exception {
        try (var server = launch.with("--threads", "4").workers(2).start();
                var one = Load.on(web, 2).awaitCompleted(50);
                var two = Load.keepingAlive(local, 2).awaitCompleted(50)) {
            var successor = NewMaster.beside(server);
            assertThat(environment(successor.pid()).split("\0"))
                    .contains("LISTEN_PID=" + successor.pid(), "LISTEN_FDS=2")
                    .contains("LISTEN_FDNAMES=web:local");
            server.signal(Signal.WINCH);
            server.awaitLog("worker 0 stopped");
            server.awaitLog("worker 1 stopped");
            successor.takeOver();
            one.awaitCompleted(50);
            two.awaitCompleted(50);

            assertThat(one.stop().failures()).isEmpty();
            assertThat(two.stop().failures()).isEmpty();
            successor.stop();
            assertThat(local.getPath()).exists();
        }
    }

    private Launch again() {
        return new Launch()
                .environment("LISTEN_FDS", "2")
                .environment("LISTEN_FDNAMES", "web:local")
                .bind()
                .passing(webFd, localFd);
    }

    private static String get(SocketAddress address) throws Exception {
        try (var wire = Wire.to(address)) {
            return wire.get("/echo?token=a").answer().body();
        }
    }

    private static int listener(SocketAddress address) {
        int fd = Sockets.open(address);
        Sockets.bind(fd, address);
        Sockets.listen(fd, 64);
        return fd;
    }

    private static String environment(long pid) throws Exception {
        return Files.readString(Path.of("/proc/" + pid + "/environ"));
    }
}
