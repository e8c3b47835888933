package junicorn.systemtest;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// What the kernel tells of a process and its open files, see proc(5). Nothing of one that is gone.
final class ProcFiles {
    private static final String CLOSED = "07";
    private static final long O_CLOEXEC = 0x80000; // <bits/fcntl-linux.h>

    private ProcFiles() {}

    /// The letter of its state: `T` for stopped, `Z` for a zombie; a blank when it is gone.
    static char state(long pid) {
        var stat = text(of(pid).resolve("stat"));
        return stat.isEmpty() ? ' ' : stat.charAt(stat.lastIndexOf(')') + 2);
    }

    /// The worker processes that a master has now, zombies left out.
    static List<Long> workers(long master) {
        return ProcessHandle.of(master).stream()
                .flatMap(ProcessHandle::children)
                .map(ProcessHandle::pid)
                .filter(pid -> text(of(pid).resolve("cmdline")).startsWith("junicorn: worker"))
                .toList();
    }

    /// Open files that are no files on a disk: sockets, pipes, shared memory.
    static int handles(long pid) {
        return (int) targets(pid).stream().filter(target -> !target.startsWith("/")).count()
                + (int) targets(pid).stream().filter(it -> it.startsWith("/memfd:")).count();
    }

    /// The connections of a port that a process holds.
    static int connections(long pid, int port) {
        var inodes =
                targets(pid).stream()
                        .filter(target -> target.startsWith("socket:["))
                        .map(target -> target.replaceAll("\\D", ""))
                        .collect(Collectors.toSet());
        var local = ":%04X".formatted(port);
        return (int)
                text(Path.of("/proc/net/tcp"))
                        .lines()
                        .skip(1)
                        .map(line -> line.strip().split("\\s+"))
                        .filter(row -> row[1].endsWith(local) && isOf(row, inodes))
                        .count();
    }

    /// Listening sockets and shared memory that a process would leave open in what it starts.
    static List<String> inherited(long pid) {
        return links(pid).entrySet().stream()
                .filter(it -> it.getValue().startsWith("/memfd:") || listens(it.getValue()))
                .filter(it -> !closesOnExec(pid, it.getKey()))
                .map(it -> it.getKey() + " " + it.getValue())
                .toList();
    }

    private static boolean listens(String target) {
        var inode = target.replaceAll("\\D", "");
        return target.startsWith("socket:[")
                && text(Path.of("/proc/net/tcp"))
                        .lines()
                        .map(line -> line.strip().split("\\s+"))
                        .anyMatch(row -> row[3].equals("0A") && row[9].equals(inode));
    }

    /// By the flags of open(2), in octal.
    private static boolean closesOnExec(long pid, String fd) {
        return text(of(pid).resolve("fdinfo").resolve(fd))
                .lines()
                .filter(line -> line.startsWith("flags:"))
                .mapToLong(line -> Long.parseLong(line.substring("flags:".length()).strip(), 8))
                .allMatch(flags -> (flags & O_CLOEXEC) != 0);
    }

    private static boolean isOf(String[] row, Set<String> inodes) {
        var listens = row[3].equals("0A");
        return !listens && !row[3].equals(CLOSED) && inodes.contains(row[9]);
    }

    private static List<String> targets(long pid) {
        return List.copyOf(links(pid).values());
    }

    private static Map<String, String> links(long pid) {
        var links = new TreeMap<String, String>();
        try (var files = Files.list(of(pid).resolve("fd"))) {
            for (var file : files.toList()) {
                var number = file.getFileName().toString();
                links.put(number, Files.readSymbolicLink(file).toString());
            }
        } catch (IOException gone) {
            return links; // it, or one of its files, was closed meanwhile
        }
        return links;
    }

    private static Path of(long pid) {
        return Path.of("/proc", Long.toString(pid));
    }

    private static String text(Path file) {
        try {
            return new String(Files.readAllBytes(file), ISO_8859_1);
        } catch (IOException gone) {
            return "";
        }
    }
}
