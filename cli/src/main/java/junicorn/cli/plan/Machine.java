package junicorn.cli.plan;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;

/// What this process may use: memory as the machine or the container limits it, and cores.
///
/// The files are read directly: the JDK's management beans know the same, and loading them would
/// be a good part of the master's start.
///
/// @param memoryBytes the smallest of the machine's memory and all control groups' limits
record Machine(long memoryBytes, int cores) {
    /// A control group without a limit says "max" (version 2) or a number near this (version 1).
    private static final long NO_LIMIT = Long.MAX_VALUE;

    static Machine here() {
        return new Machine(
                memory(Path.of("/")), Math.max(1, Runtime.getRuntime().availableProcessors()));
    }

    /// @param root `/`, or a folder that looks like it
    static long memory(Path root) {
        var least = total(lines(root.resolve("proc/meminfo")));
        for (var line : lines(root.resolve("proc/self/cgroup"))) {
            // hierarchy:controllers:path, see cgroups(7); version 2 is hierarchy 0
            var fields = line.split(":", 3);
            if (fields.length == 3 && fields[0].equals("0")) {
                least = Math.min(least, limit(root, "sys/fs/cgroup", fields[2], "memory.max"));
            } else if (fields.length == 3 && List.of(fields[1].split(",")).contains("memory")) {
                var mount = "sys/fs/cgroup/memory";
                least = Math.min(least, limit(root, mount, fields[2], "memory.limit_in_bytes"));
            }
        }
        return least;
    }

    /// `MemTotal:       16384256 kB`
    private static long total(List<String> meminfo) {
        return meminfo.stream()
                .filter(line -> line.startsWith("MemTotal:"))
                .mapToLong(line -> number(line.replaceAll("\\D", "")) * 1024)
                .findFirst()
                .orElse(1L << 30);
    }

    /// The group's own limit or that of a group around it, whichever is least. Inside a container
    /// the path may be the host's, which is not there: then the mount itself is the container's.
    private static long limit(Path root, String mount, String group, String file) {
        var top = root.resolve(mount);
        var least = NO_LIMIT;
        var folder = top.resolve(group.replaceAll("^/+", "")).normalize();
        while (folder != null && folder.startsWith(top)) {
            for (var line : lines(folder.resolve(file))) {
                least = Math.min(least, line.equals("max") ? NO_LIMIT : number(line));
            }
            folder = folder.getParent();
        }
        return least;
    }

    private static long number(String digits) {
        try {
            return Long.parseLong(digits.strip());
        } catch (NumberFormatException _) { // nothing the kernel writes: as good as no limit
            return NO_LIMIT;
        }
    }

    private static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (NoSuchFileException _) {
            return List.of();
        } catch (IOException unreadable) { // hidden from us: then it is not ours to respect
            System.getLogger("junicorn.cli")
                    .log(System.Logger.Level.DEBUG, () -> "cannot read " + file, unreadable);
            return List.of();
        }
    }
}
