package junicorn.systemtest;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import junicorn.os.Signal;
import org.junit.jupiter.api.Test;

@SystemTest
final class UnixSocketTest {
    @Test
    void servesAndRemovesItsFileAtTheEnd() throws Exception {
        var launch = new Launch();
        var socket = launch.work().resolve("junicorn.sock");
        try (var server = launch.bind("unix:" + socket).start()) {
            assertThat(server.get("/echo?token=a").body()).startsWith("a ");

            server.signal(Signal.TERM);

            assertThat(server.awaitExit().code()).isZero();
            assertThat(socket).doesNotExist();
        }
    }

    @Test
    void replacesAFileThatNobodyListensOn() throws Exception {
        var launch = new Launch();
        var socket = launch.work().resolve("stale.sock");
        leaveBehind(socket);
        try (var server = launch.bind("unix:" + socket).start()) {
            assertThat(server.get("/echo?token=a").body()).startsWith("a ");
        }
    }

    @Test
    void leavesALiveSocketToItsOwner() throws Exception {
        var owner = new Launch();
        var bind = "unix:" + owner.work().resolve("live.sock");
        try (var server = owner.bind(bind).start()) {
            var ended = new Launch().bind(bind).run();

            assertThat(ended.code()).isEqualTo(1);
            assertThat(ended.err()).contains("live.sock: another process listens there");
            assertThat(server.get("/echo?token=a").body()).startsWith("a ");
        }
    }

    @Test
    void doesNotReplaceAFileThatIsNoSocket() throws Exception {
        var launch = new Launch().leaves("notes.txt");
        var file = Files.writeString(launch.work().resolve("notes.txt"), "keep me");

        var ended = launch.bind("unix:" + file).run();

        assertThat(ended.code()).isEqualTo(1);
        assertThat(ended.err()).contains("notes.txt");
    }

    private static void leaveBehind(Path socket) throws Exception {
        try (var listener = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            listener.bind(UnixDomainSocketAddress.of(socket));
        }
        assertThat(socket).exists();
    }
}
