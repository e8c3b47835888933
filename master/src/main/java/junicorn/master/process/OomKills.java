package junicorn.master.process;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import junicorn.master.table.Memory;

/// Tells the deaths that the kernel's OOM killer dealt from those by another's `kill -9`, by the
/// kernel's own count of them in our control group: `oom_kill` in `memory.events` (version 2) or
/// `memory.oom_control` (version 1), see cgroups(7) and the kernel's admin guide. Where neither can
/// be read, nothing is said.
///
/// Workers are in the master's control group. Its count is looked at on each patrol, for a kill
/// long ago of something else must not explain a death of today.
final class OomKills {
    /// From the kernel's count to the death that we reap: a large process takes a while to end.
    private static final Duration FRESH = Duration.ofSeconds(15);

    private final Optional<Path> file;
    private final Deque<Duration> unclaimed = new ArrayDeque<>();
    private long count;

    private OomKills(Optional<Path> file) {
        this.file = file;
        count = file.map(it -> read(it).orElse(0)).orElse(0L);
    }

    /// @param root `/`, or a folder that looks like it
    static OomKills of(Path root) {
        return new OomKills(
                Memory.lines(root.resolve("proc/self/cgroup")).stream()
                        .flatMap(line -> file(root, line.split(":", 3)).stream())
                        .findFirst());
    }

    /// hierarchy:controllers:path, see cgroups(7); version 2 is hierarchy 0. In a container the
    /// path may be the host's, which is not there: then the mount itself is the container's.
    private static Optional<Path> file(Path root, String... fields) {
        if (fields.length != 3) {
            return Optional.empty();
        }
        if (fields[0].equals("0")) {
            return nearest(root.resolve("sys/fs/cgroup"), fields[2], "memory.events");
        }
        return List.of(fields[1].split(",")).contains("memory")
                ? nearest(root.resolve("sys/fs/cgroup/memory"), fields[2], "memory.oom_control")
                : Optional.empty();
    }

    private static Optional<Path> nearest(Path mount, String group, String name) {
        var own = mount.resolve(group.replaceAll("^/+", "")).normalize().resolve(name);
        return List.of(own, mount.resolve(name)).stream()
                .filter(file -> read(file).isPresent())
                .findFirst();
    }

    /// Whether the kernel would tell us.
    boolean areTold() {
        return file.isPresent();
    }

    /// Notes what the kernel has counted since the last look.
    void look(Duration now) {
        file.ifPresent(it -> read(it).ifPresent(counted -> note(counted, now)));
        while (!unclaimed.isEmpty() && now.minus(unclaimed.getFirst()).compareTo(FRESH) > 0) {
            unclaimed.removeFirst();
        }
    }

    private void note(long counted, Duration now) {
        for (; count < counted; count++) {
            unclaimed.add(now);
        }
        count = counted;
    }

    /// Whether an OOM kill was counted that no other death has claimed.
    boolean claim(Duration now) {
        look(now);
        return unclaimed.pollFirst() != null;
    }

    /// A line `oom_kill 3`.
    private static OptionalLong read(Path file) {
        return Memory.lines(file).stream()
                .filter(line -> line.startsWith("oom_kill "))
                .mapToLong(line -> Long.parseLong(line.substring("oom_kill ".length()).strip()))
                .findFirst();
    }
}
