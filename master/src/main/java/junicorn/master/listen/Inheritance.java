package junicorn.master.listen;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import junicorn.master.settings.Invocation;
import junicorn.os.PosixException;
import junicorn.os.Sockets;

/// What a new master has from the old one that started it: a line to it, and the sockets it listens
/// on. Passed as descriptors, and as words in one variable of the environment.
///
/// @param oldMasterPid the old master
/// @param line the descriptor of our end of the line
/// @param sockets by the key of their listener
public record Inheritance(long oldMasterPid, int line, Map<String, Share> sockets) {
    public static final String VARIABLE = Invocation.UPGRADE;

    /// @param inode of the socket's file, where it has one that is to be removed at the end; else 0
    public record Share(int fd, long inode) {}

    public Inheritance {
        sockets = Map.copyOf(sockets);
    }

    /// @throws IllegalArgumentException if the variable holds what no master wrote, or was not
    /// meant
    ///     for this process
    public static Optional<Inheritance> of(Map<String, String> environment) {
        var text = environment.getOrDefault(VARIABLE, "");
        if (text.isEmpty()) {
            return Optional.empty();
        }
        var inheritance = parse(text);
        if (!inheritance.isHere()) {
            throw new IllegalArgumentException(
                    VARIABLE + " names sockets that this process does not have: unset it");
        }
        return Optional.of(inheritance);
    }

    private boolean isHere() {
        try {
            return !Sockets.isListening(line)
                    && sockets.values().stream().allMatch(it -> Sockets.isListening(it.fd()));
        } catch (PosixException _) { // not a socket, or not open
            return false;
        }
    }

    static Inheritance parse(String text) {
        try {
            var words = text.split(" ");
            var sockets = new LinkedHashMap<String, Share>();
            for (var word : Stream.of(words).skip(2).toList()) {
                var fields = word.split("=", 3);
                sockets.put(
                        URLDecoder.decode(fields[2], UTF_8),
                        new Share(Integer.parseInt(fields[0]), Long.parseLong(fields[1])));
            }
            return new Inheritance(Long.parseLong(words[0]), Integer.parseInt(words[1]), sockets);
        } catch (IllegalArgumentException | IndexOutOfBoundsException wrong) {
            throw new IllegalArgumentException(
                    VARIABLE + " is for internal use and has an unexpected value: " + text, wrong);
        }
    }

    /// For [#VARIABLE]: `PID LINE FD=INODE=KEY …`.
    public String words() {
        return Stream.concat(
                        Stream.of(Long.toString(oldMasterPid), Integer.toString(line)),
                        sockets.entrySet().stream().map(Inheritance::word))
                .collect(Collectors.joining(" "));
    }

    private static String word(Map.Entry<String, Share> entry) {
        var share = entry.getValue();
        return "%d=%d=%s"
                .formatted(share.fd(), share.inode(), URLEncoder.encode(entry.getKey(), UTF_8));
    }
}
