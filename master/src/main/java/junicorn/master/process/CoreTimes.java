package junicorn.master.process;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import junicorn.master.settings.Times;
import junicorn.master.table.Cores;
import junicorn.master.table.Memory;

/// What the workers that start have had of the cores, as `/proc/PID/task/TID/schedstat` tells of
/// each thread: nanoseconds that it ran, and nanoseconds that it was ready to run and waited; also
/// while a control group's quota was used up. See the kernel's `sched-stats`. Any user may read it;
/// kernels built without it tell nothing.
final class CoreTimes {
    /// Between two looks at the same process: some twenty files each.
    private static final Duration LOOK = Duration.ofMillis(500);

    private final Path root;
    private final Map<Long, Known> byPid = new HashMap<>();

    /// @param threads by their ids: what each has had so far
    private record Known(Duration at, Map<String, Cores> threads, Cores all) {}

    /// @param root `/`, or a folder that looks like it
    CoreTimes(Path root) {
        this.root = root;
    }

    /// Of one process, as of now or of a moment ago.
    Cores of(long pid, Duration now) {
        var known = byPid.get(pid);
        if (known == null || now.minus(known.at()).compareTo(LOOK) >= 0) {
            known = look(pid, known == null ? new Known(now, Map.of(), Cores.NONE) : known, now);
            byPid.put(pid, known);
        }
        return known.threads().isEmpty() ? Cores.UNKNOWN : known.all();
    }

    /// Of all others nothing is kept.
    void keep(Set<Long> pids) {
        byPid.keySet().retainAll(pids);
    }

    private Known look(long pid, Known before, Duration now) {
        var threads = new HashMap<String, Cores>();
        var ran = Duration.ZERO;
        var waited = Duration.ZERO;
        for (var task : tasks(pid)) {
            var id = String.valueOf(task.getFileName());
            var then = before.threads().getOrDefault(id, Cores.NONE);
            var cores = read(task.resolve("schedstat"));
            if (cores.areKnown()) {
                threads.put(id, cores);
                ran = ran.plus(cores.ran().minus(then.ran()));
                var longer = cores.waited().minus(then.waited());
                waited = Times.longer(longer, waited);
            }
        }
        var all = new Cores(before.all().ran().plus(ran), before.all().waited().plus(waited));
        return new Known(now, threads, all);
    }

    private List<Path> tasks(long pid) {
        var tasks = new ArrayList<Path>();
        try (var files = Files.newDirectoryStream(root.resolve("proc").resolve(pid + "/task"))) {
            files.forEach(tasks::add);
        } catch (IOException | DirectoryIteratorException _) { // it has ended, or is hidden from us
            return List.of();
        }
        return tasks;
    }

    private static Cores read(Path file) {
        for (var line : Memory.lines(file)) {
            var words = line.split(" ");
            if (words.length >= 2) {
                return new Cores(nanos(words[0]), nanos(words[1]));
            }
        }
        return Cores.UNKNOWN;
    }

    private static Duration nanos(String digits) {
        return Duration.ofNanos(Long.parseLong(digits));
    }
}
