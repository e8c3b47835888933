package junicorn.master.settings;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/// Where to listen, as the operator wrote it. Only its form is checked here: whether the address
/// exists is known when `Listener` opens it.
public sealed interface Bind {
    /// The port where none is given.
    int PORT = 8000;

    /// A TCP port.
    ///
    /// @param host a name, an IPv4 or a bare IPv6 address
    /// @param port 0 = any free one
    record Tcp(String host, int port) implements Bind {
        @Override
        public String toString() {
            return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
        }
    }

    /// A Unix-domain stream socket.
    record Unix(Path path) implements Bind {
        @Override
        public String toString() {
            return "unix:" + path;
        }
    }

    /// A listening socket that somebody opened for us, systemd for instance.
    record Inherited(int fd) implements Bind {
        @Override
        public String toString() {
            return "fd://" + fd;
        }
    }

    /// A listening socket that systemd passed under this name, see [junicorn.systemd.Activation].
    record Named(String name) implements Bind {
        @Override
        public String toString() {
            return "fd://" + name;
        }
    }

    /// Understands `HOST:PORT`, `HOST`, `[v6]:PORT`, `[v6]`, `:PORT`, `unix:PATH`, `fd://N` and
    /// `fd://NAME`.
    ///
    /// @throws IllegalArgumentException in words for the operator
    static Bind parse(String text) {
        if (text.startsWith("unix:")) {
            return unix(text, text.substring(text.startsWith("unix://") ? 7 : 5));
        }
        if (text.startsWith("fd://")) {
            return inherited(text, text.substring(5));
        }
        var address = text.startsWith("tcp://") ? text.substring(6) : text;
        if (address.contains("/")) {
            throw wrong(text, "");
        }
        return address.startsWith("[") ? v6(text, address) : tcp(text, address);
    }

    /// A name as FileDescriptorName= in systemd.socket(5) has it, but not one of digits.
    private static Bind inherited(String text, String which) {
        if (which.matches("[^:/\\p{Cntrl}]{1,255}") && !which.matches("[+-]?\\d+")) {
            return new Named(which);
        }
        return new Inherited(number(text, "file descriptor", which, 1 << 20));
    }

    private static Bind unix(String text, String path) {
        if (path.isEmpty() || path.indexOf('\0') >= 0) {
            throw wrong(text, "; the path is missing");
        }
        var bytes = path.getBytes(StandardCharsets.UTF_8).length;
        if (bytes > 107) { // sun_path of <sys/un.h> has 108, with the NUL at its end
            throw wrong(text, "; a socket's path has at most 107 bytes, this one has " + bytes);
        }
        return new Unix(Path.of(path));
    }

    private static Bind v6(String text, String address) {
        var end = address.indexOf(']');
        if (end < 0) {
            throw wrong(text, "; ']' is missing");
        }
        var host = address.substring(1, end);
        var rest = address.substring(end + 1);
        if (!host.contains(":")) {
            throw wrong(text, "; brackets are for IPv6 addresses");
        }
        if (rest.isEmpty()) {
            return new Tcp(host, PORT);
        }
        if (!rest.startsWith(":")) {
            throw wrong(text, "; after ']' comes ':' and the port");
        }
        return new Tcp(host, port(text, rest.substring(1)));
    }

    private static Bind tcp(String text, String address) {
        var colon = address.indexOf(':');
        if (colon != address.lastIndexOf(':')) {
            throw wrong(text, "; an IPv6 address needs brackets, like [::1]:8000");
        }
        if (colon < 0) {
            if (address.isBlank()) {
                throw wrong(text, "");
            }
            if (address.chars().allMatch(Character::isDigit)) {
                throw wrong(text, "; for a port on all addresses write :" + address);
            }
            return new Tcp(address, PORT);
        }
        var host = address.substring(0, colon);
        return new Tcp(host.isEmpty() ? "0.0.0.0" : host, port(text, address.substring(colon + 1)));
    }

    private static int port(String text, String digits) {
        return number(text, "port", digits, 65_535);
    }

    private static int number(String text, String what, String digits, int max) {
        try {
            var number = Integer.parseInt(digits);
            if (number >= 0 && number <= max && Character.isDigit(digits.charAt(0))) {
                return number;
            }
        } catch (NumberFormatException _) { // said below
        }
        throw wrong(text, "; the " + what + " must be a number from 0 to " + max);
    }

    private static IllegalArgumentException wrong(String text, String why) {
        return new IllegalArgumentException(
                "cannot bind '%s': it must be HOST:PORT, [v6]:PORT, :PORT, unix:/path or fd://N%s"
                        .formatted(text, why));
    }
}
