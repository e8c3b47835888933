package junicorn.master.process;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import junicorn.master.loop.Background;
import junicorn.master.loop.Event;
import junicorn.master.loop.Inbox;
import junicorn.master.table.Memory;

/// Weighs workers and memory beside the master's loop: the kernel walks through all pages of a
/// process to tell its share, which takes milliseconds; of one that hangs in the kernel it may take
/// for ever, so there is one weighing at a time.
public final class MemoryMeter {
    private static final Path ROOT = Path.of("/");

    private final Inbox inbox;
    private final Function<Set<Long>, Event> scale;
    private final AtomicBoolean weighing = new AtomicBoolean();

    public MemoryMeter(Inbox inbox) {
        this(inbox, MemoryMeter::weighed);
    }

    /// @param scale weighs the processes with these pids
    public MemoryMeter(Inbox inbox, Function<Set<Long>, Event> scale) {
        this.inbox = inbox;
        this.scale = scale;
    }

    /// The answer is an [Event.Weighed]: of this call, or of one before it that is not done yet.
    public void weigh(Set<Long> pids) {
        if (weighing.compareAndSet(false, true)) {
            try {
                Background.run("scales", inbox, () -> weighedAlone(pids));
            } catch (OutOfMemoryError noThread) {
                weighing.set(false);
                throw noThread;
            }
        }
    }

    private Event weighedAlone(Set<Long> pids) {
        try {
            return scale.apply(pids);
        } finally {
            weighing.set(false);
        }
    }

    private static Event weighed(Set<Long> pids) {
        var pss = new HashMap<Long, Long>();
        for (var pid : pids) {
            Memory.pss(ROOT, pid).ifPresent(bytes -> pss.put(pid, bytes));
        }
        return new Event.Weighed(pss, Memory.available(ROOT));
    }
}
