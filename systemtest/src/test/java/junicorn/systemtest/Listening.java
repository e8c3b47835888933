package junicorn.systemtest;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;

/// Where a server listens: port 0 becomes the port that its log names.
final class Listening {
    private static final String UNIX = "unix:";
    private static final String SAYS = "(?i)listening at .*";

    private Listening() {}

    /// Waits for the log line about this `--bind`.
    static SocketAddress await(Transcript log, String bind) {
        if (bind.startsWith(UNIX)) {
            var path = bind.substring(UNIX.length());
            log.await(SAYS + Pattern.quote(path), Await.BOOT);
            return UnixDomainSocketAddress.of(Path.of(path));
        }
        var address = address(bind.substring(0, bind.lastIndexOf(':')));
        var host = Pattern.quote(address.getHostAddress());
        var line = log.await(SAYS + host + "]?:(\\d+)", Await.BOOT);
        return new InetSocketAddress(address, Integer.parseInt(line.group(1)));
    }

    /// Whether somebody still listens there, or a socket file lies there.
    static boolean inUse(SocketAddress address) {
        return switch (address) {
            case UnixDomainSocketAddress unix -> Files.exists(unix.getPath());
            case InetSocketAddress tcp -> Leftovers.listening(tcp.getPort());
            default -> throw new IllegalArgumentException("no such address: " + address);
        };
    }

    private static InetAddress address(String host) {
        try {
            return InetAddress.getByName(host);
        } catch (UnknownHostException wrong) {
            throw new IllegalArgumentException(wrong);
        }
    }
}
