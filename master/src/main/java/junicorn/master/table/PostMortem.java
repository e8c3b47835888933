package junicorn.master.table;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import junicorn.master.settings.Words;
import junicorn.scoreboard.Slot;
import junicorn.scoreboard.WorkerState;

/// What is found where a worker was, when it has been reaped: its row of the scoreboard, the JVM's
/// crash report, and whether the kernel says that it was short of memory.
///
/// @param running the requests it had not answered, the oldest first, as far as it could show them
/// @param busy how many those are in all
public record PostMortem(
        WorkerState state,
        long generation,
        long requests,
        int busy,
        List<Request> running,
        Slot.Heap heap,
        OomKill oomKill,
        Optional<CrashReport> crash) {

    /// @param age of the request when its worker was reaped; by wall-clock time
    public record Request(String line, Duration age) {}

    /// What the kernel counts.
    public enum OomKill {
        YES,
        NO,
        /// Its count cannot be read, or does not matter: no KILL came from outside.
        UNKNOWN
    }

    public PostMortem {
        running = List.copyOf(running);
    }

    /// Where nothing else is known.
    public static PostMortem of(WorkerState state) {
        return new PostMortem(
                state, 0, 0, 0, List.of(), Slot.Heap.UNKNOWN, OomKill.UNKNOWN, Optional.empty());
    }

    /// What the scoreboard shows.
    public static PostMortem of(Slot slot, long epochMillis) {
        var view = slot.view();
        return new PostMortem(
                view.state(),
                view.generation(),
                view.requests(),
                view.busy(),
                running(slot, epochMillis),
                slot.heap(),
                OomKill.UNKNOWN,
                Optional.empty());
    }

    public static List<Request> running(Slot slot, long epochMillis) {
        return slot.running().stream()
                .map(it -> new Request(it.line(), age(it.startedAtMillis(), epochMillis)))
                .toList();
    }

    private static Duration age(long startedAtMillis, long epochMillis) {
        return Duration.ofMillis(Math.max(0, epochMillis - startedAtMillis));
    }

    public PostMortem with(OomKill newOomKill, Optional<CrashReport> newCrash) {
        return new PostMortem(
                state, generation, requests, busy, running, heap, newOomKill, newCrash);
    }

    /// For a log line, with a space in front: what it had done and what it was at; nothing for a
    /// worker that had not even begun.
    public String words() {
        if (requests + busy + heap.max() == 0) {
            return "";
        }
        var words = new StringBuilder(" requests=").append(requests);
        if (busy > 0) {
            words.append(" busy=").append(busy);
        }
        if (!running.isEmpty()) {
            var oldest = running.getFirst();
            words.append(" request=\"").append(oldest.line().replace("\"", "\\\""));
            words.append("\" age=").append(Words.of(oldest.age()));
        }
        if (heap.max() > 0) {
            words.append(" heap=").append(Words.mebibytes(heap.used())).append('/');
            words.append(Words.mebibytes(heap.max()));
        }
        return words.toString();
    }
}
