package junicorn.master.table;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// How much memory there is left, and how much a process takes: as the machine says, and all
/// control groups that we are in. See proc(5), cgroups(7).
public final class Memory {
    private static final Names VERSION_2 =
            new Names("sys/fs/cgroup", "memory.max", "memory.current", "inactive_file");
    private static final Names VERSION_1 =
            new Names(
                    "sys/fs/cgroup/memory",
                    "memory.limit_in_bytes",
                    "memory.usage_in_bytes",
                    "total_inactive_file");

    private Memory() {}

    /// What the two versions of control groups call the same.
    ///
    /// @param reclaimable in `memory.stat`: cached files that are given up first
    private record Names(String mount, String limit, String usage, String reclaimable) {}

    /// The proportional share of a process: pages that it shares with others are divided among
    /// them. Empty if it is gone, or hidden from us.
    ///
    /// @param root `/`, or a folder that looks like it
    public static Optional<Long> pss(Path root, long pid) {
        var file = root.resolve("proc").resolve(Long.toString(pid)).resolve("smaps_rollup");
        return field(file, "Pss:").map(kibi -> kibi * 1024);
    }

    /// What may still be taken before somebody has to give something back.
    ///
    /// @param root `/`, or a folder that looks like it
    public static long available(Path root) {
        var least =
                field(root.resolve("proc/meminfo"), "MemAvailable:")
                        .map(kibi -> kibi * 1024)
                        .orElse(Long.MAX_VALUE);
        for (var line : lines(root.resolve("proc/self/cgroup"))) {
            var fields = line.split(":", 3); // hierarchy:controllers:path
            if (fields.length == 3 && fields[0].equals("0")) {
                least = Math.min(least, left(root, VERSION_2, fields[2]));
            } else if (fields.length == 3 && List.of(fields[1].split(",")).contains("memory")) {
                least = Math.min(least, left(root, VERSION_1, fields[2]));
            }
        }
        return least;
    }

    /// In the group itself, or in a group around it, whichever has least. Inside a container the
    /// path may be the host's, which is not there: then the mount itself is the container's.
    private static long left(Path root, Names files, String group) {
        var top = root.resolve(files.mount());
        var least = Long.MAX_VALUE;
        var folder = top.resolve(group.replaceAll("^/+", "")).normalize();
        while (folder != null && folder.startsWith(top)) {
            least = Math.min(least, left(folder, files));
            folder = folder.getParent();
        }
        return least;
    }

    private static long left(Path folder, Names files) {
        var limit =
                lines(folder.resolve(files.limit())).stream().findFirst().flatMap(Memory::number);
        var usage =
                lines(folder.resolve(files.usage())).stream().findFirst().flatMap(Memory::number);
        if (limit.isEmpty() || usage.isEmpty()) {
            return Long.MAX_VALUE; // "max", or no such group
        }
        var cached = field(folder.resolve("memory.stat"), files.reclaimable()).orElse(0L);
        return Math.max(0, limit.get() - usage.get() + cached);
    }

    /// `Name:   123 kB` or `name 123`: the number.
    private static Optional<Long> field(Path file, String name) {
        return lines(file).stream()
                .map(line -> line.split("\\s+"))
                .filter(words -> words.length > 1 && words[0].equals(name))
                .findFirst()
                .flatMap(words -> number(words[1]));
    }

    private static Optional<Long> number(String digits) {
        try {
            return Optional.of(Long.parseLong(digits.strip()));
        } catch (NumberFormatException _) { // "max", or more than a long: no limit
            return Optional.empty();
        }
    }

    /// Of a file in proc or a control group: none where it is gone, or hidden from us.
    public static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (IOException _) { // gone, or hidden from us
            return List.of();
        }
    }
}
