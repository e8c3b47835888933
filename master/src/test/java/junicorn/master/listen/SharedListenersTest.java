package junicorn.master.listen;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import junicorn.master.listen.Inheritance.Share;
import junicorn.master.settings.Bind;
import junicorn.master.settings.ListenSettings;
import junicorn.os.Sockets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Sockets that an old master and a new one both have: in one process here, by equal descriptors.
class SharedListenersTest {
    private static final ListenSettings SETTINGS = new ListenSettings(16, false, false);

    @TempDir Path directory;

    @Test
    void aSocketWithAnotherMasterKeepsItsFileAndItsClients() throws Exception {
        var path = directory.resolve("a.sock");
        try (var listeners = open(Map.of(), "unix:" + path, "127.0.0.1:0")) {
            listeners.shareWithAnother(Set.of("unix:" + path, "127.0.0.1:0"));

            listeners.refuseNew();

            assertThat(path).exists();
            try (var unix = SocketChannel.open(UnixDomainSocketAddress.of(path));
                    var tcp = SocketChannel.open(address(listeners))) {
                assertThat(unix.isConnected()).isTrue();
                assertThat(tcp.isConnected()).isTrue();
                assertThat(listeners.areAwaited()).isFalse(); // the other accepts them
            }
        }
        assertThat(path).exists();
    }

    @Test
    void anAdoptedSocketIsOursAloneWhenTheOldMasterIsGone() throws Exception {
        var path = directory.resolve("a.sock");
        var bind = "unix:" + path;
        var old = open(Map.of(), bind);
        var handed = old.shares();
        old.shareWithAnother(handed.keySet());

        var newMaster = open(handed, bind);
        assertThat(newMaster.shares()).isEqualTo(handed);
        newMaster.shareWithAnother(Set.of());
        newMaster.close();

        assertThat(path).doesNotExist();
    }

    @Test
    void theNewMasterKeepsThePortAndClosesWhatItDoesNotWant() throws Exception {
        var old = open(Map.of(), "127.0.0.1:0", "[::1]:0");
        var handed = old.shares();

        try (var newMaster = open(handed, "127.0.0.1:0")) {
            assertThat(newMaster.named().getFirst().name())
                    .isEqualTo(old.named().getFirst().name());
            assertThat(isOpen(handed, "127.0.0.1:0")).isTrue();
            assertThat(isOpen(handed, "[::1]:0")).isFalse();
        }
    }

    private static boolean isOpen(Map<String, Share> shares, String key) {
        var share = shares.get(key);
        return share != null && Files.exists(Path.of("/proc/self/fd/" + share.fd()));
    }

    private static Listeners open(Map<String, Share> inherited, String... binds)
            throws InterruptedException {
        var all = List.of(binds).stream().map(Bind::parse).toList();
        return Listeners.open(all, SETTINGS, inherited, () -> {}).orElseThrow();
    }

    private static InetSocketAddress address(Listeners listeners) {
        return (InetSocketAddress)
                Sockets.localAddress(listeners.named().getLast().fd()).orElseThrow();
    }
}
