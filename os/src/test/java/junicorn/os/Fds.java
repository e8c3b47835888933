package junicorn.os;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/// Closes what a test has opened, and fails it if anything else of ours is then open.
final class Fds implements BeforeEachCallback, AfterEachCallback {
    private final Deque<Integer> owned = new ArrayDeque<>();
    private Map<Integer, String> before = Map.of();

    int own(int fd) {
        assertThat(fd).isNotNegative();
        owned.push(fd);
        return fd;
    }

    void close(int fd) {
        assertThat(owned.remove(fd)).isTrue();
        Sockets.close(fd);
    }

    int socket(SocketAddress family) {
        return own(Sockets.open(family));
    }

    /// A non-blocking listener on any port of that address.
    int listener(SocketAddress address) {
        int fd = socket(address);
        Sockets.bind(fd, address);
        Sockets.listen(fd, 16);
        Sockets.nonBlocking(fd, true);
        return fd;
    }

    int client(int listener) {
        var address = Sockets.localAddress(listener).orElseThrow();
        int fd = socket(address);
        assertThat(Sockets.connect(fd, address)).isZero();
        return fd;
    }

    int accepted(Errno errno, int listener) {
        return own(Sockets.accept(errno, listener));
    }

    int[] pair() {
        var pair = Sockets.pair();
        own(pair[0]);
        own(pair[1]);
        return pair;
    }

    static InetSocketAddress loopback() {
        return new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0);
    }

    /// Number and kind of the sockets, epoll sets, memory files and the like that this process has
    /// open. Not of its files: the JVM opens its jars when it needs them.
    static Map<Integer, String> open() throws IOException {
        var open = new TreeMap<Integer, String>();
        try (var links = Files.newDirectoryStream(Path.of("/proc/self/fd"))) {
            for (var link : links) {
                try {
                    var target = Files.readSymbolicLink(link).toString();
                    if (target.matches("(socket:|pipe:|anon_inode:|/memfd:|/dev/null).*")) {
                        open.put(Integer.valueOf(link.getFileName().toString()), target);
                    }
                } catch (IOException gone) {
                    assertThat(link).doesNotExist(); // the directory's own descriptor
                }
            }
        }
        return open;
    }

    @Override
    public void beforeEach(ExtensionContext context) throws IOException {
        before = open();
    }

    @Override
    public void afterEach(ExtensionContext context) throws IOException {
        while (!owned.isEmpty()) {
            Sockets.close(owned.pop());
        }
        assertThat(open()).isEqualTo(before);
    }
}
