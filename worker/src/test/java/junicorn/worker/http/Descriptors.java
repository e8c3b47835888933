package junicorn.worker.http;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/// The sockets, epoll sets and event counters that this process has open. Not its files: the JVM
/// opens its jars when it needs them.
final class Descriptors {
    static {
        warmUp();
    }

    private Descriptors() {}

    /// Number and kind of each.
    static Map<Integer, String> open() {
        var open = new TreeMap<Integer, String>();
        try (var links = Files.newDirectoryStream(Path.of("/proc/self/fd"))) {
            for (var link : links) {
                describe(link, open);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return open;
    }

    private static void describe(Path link, Map<Integer, String> open) {
        try {
            var target = Files.readSymbolicLink(link).toString();
            if (target.matches("(socket:|pipe:|anon_inode:).*")) {
                open.put(Integer.valueOf(link.getFileName().toString()), target);
            }
        } catch (IOException closedMeanwhile) {
            open.remove(-1); // there is no such number: nothing to note
        }
    }

    /// The JDK's sockets keep a descriptor or two of their own from their first use on.
    private static void warmUp() {
        var loopback = InetAddress.getLoopbackAddress();
        try (var listener = new ServerSocket(0, 1, loopback);
                var client = new Socket(loopback, listener.getLocalPort());
                var accepted = listener.accept()) {
            accepted.getOutputStream().write(1);
            client.getInputStream().read();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
