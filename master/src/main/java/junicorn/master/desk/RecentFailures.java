package junicorn.master.desk;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import junicorn.master.control.Json;
import junicorn.master.table.Evidence;

/// The last workers that ended otherwise than they should have, for operators who ask.
public final class RecentFailures {
    static final int KEPT = 20;

    private final Deque<Kept> last = new ArrayDeque<>();
    private long count;

    private record Kept(long number, long epochMillis, Evidence evidence) {
        Json json(boolean dumps) {
            return evidence.json(number, epochMillis, dumps);
        }
    }

    public void keep(Evidence evidence, long epochMillis) {
        count++;
        if (last.size() == KEPT) {
            last.removeLast();
        }
        last.addFirst(new Kept(count, epochMillis, evidence));
    }

    /// Since the master started.
    public long count() {
        return count;
    }

    /// The newest first.
    public List<Json> last() {
        return last.stream().map(kept -> kept.json(true)).toList();
    }

    /// The same without what is long.
    List<Json> withoutDumps() {
        return last.stream().map(kept -> kept.json(false)).toList();
    }
}
