package junicorn.systemtest;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/// Looks for what a stopped server may have left behind: processes, listeners, files. It only
/// looks.
final class Leftovers {
    /// The state LISTEN in /proc/net/tcp, see proc_pid_net(5).
    private static final String LISTEN = "0A";

    private Leftovers() {}

    /// The processes, other than our own, that were started in the directory or name it: a server's
    /// own process, its workers (they inherit environment and work directory), and theirs.
    static List<String> processes(Path directory) {
        var found = new ArrayList<String>();
        for (var process : list(Path.of("/proc"))) {
            var pid = process.getFileName().toString();
            if (pid.matches("\\d+")
                    && Long.parseLong(pid) != ProcessHandle.current().pid()
                    && belongsTo(process, directory.toString())) {
                found.add(pid + " " + text(process.resolve("cmdline")).replace('\0', ' '));
            }
        }
        return found;
    }

    /// False for a zombie: that is gone but for its exit code.
    static boolean isAlive(long pid) {
        var stat = text(Path.of("/proc", Long.toString(pid), "stat"));
        return !stat.isEmpty() && !stat.substring(stat.lastIndexOf(')')).startsWith(") Z");
    }

    /// Whether somebody listens on the TCP port, on whatever address.
    static boolean listening(int port) {
        var local = ":%04X".formatted(port);
        return Stream.of("/proc/net/tcp", "/proc/net/tcp6")
                .map(Path::of)
                .filter(Files::exists)
                .flatMap(table -> text(table).lines())
                .map(line -> line.strip().split("\\s+"))
                .anyMatch(row -> row[3].equals(LISTEN) && row[1].endsWith(local));
    }

    /// All that is in the directory, by name.
    static Set<String> files(Path directory) {
        var names = new TreeSet<String>();
        list(directory).forEach(file -> names.add(file.getFileName().toString()));
        return names;
    }

    private static boolean belongsTo(Path process, String directory) {
        return text(process.resolve("environ")).contains(directory)
                || text(process.resolve("cmdline")).contains(directory)
                || target(process.resolve("cwd")).startsWith(directory);
    }

    /// Empty when it is gone by now: processes end while they are looked at.
    private static String text(Path file) {
        try {
            return new String(Files.readAllBytes(file), ISO_8859_1);
        } catch (IOException gone) {
            return "";
        }
    }

    private static String target(Path link) {
        try {
            return Files.readSymbolicLink(link).toString();
        } catch (IOException gone) {
            return "";
        }
    }

    private static List<Path> list(Path directory) {
        try (var files = Files.list(directory)) {
            return files.toList();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
