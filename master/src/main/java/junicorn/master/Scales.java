package junicorn.master;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Set;

/// Weighs workers and memory beside the master's loop: the kernel walks through all pages of a
/// process to tell its share, which takes milliseconds.
final class Scales {
    private static final Path ROOT = Path.of("/");

    private final Inbox inbox;

    Scales(Inbox inbox) {
        this.inbox = inbox;
    }

    /// The answer is an [Event.Weighed].
    void weigh(Set<Long> pids) {
        Beside.run("scales", inbox, () -> weighed(pids));
    }

    private static Event weighed(Set<Long> pids) {
        var pss = new HashMap<Long, Long>();
        for (var pid : pids) {
            Memory.pss(ROOT, pid).ifPresent(bytes -> pss.put(pid, bytes));
        }
        return new Event.Weighed(pss, Memory.available(ROOT));
    }
}
