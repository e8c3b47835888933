package junicorn.master;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import junicorn.master.control.Json;

/// The last workers that ended otherwise than they should have, for operators who ask.
final class Ends {
    static final int KEPT = 20;

    private final Deque<Json> last = new ArrayDeque<>();
    private long count;

    void keep(Evidence evidence, long epochMillis) {
        count++;
        if (last.size() == KEPT) {
            last.removeLast();
        }
        last.addFirst(evidence.json(count, epochMillis));
    }

    /// Since the master started.
    long count() {
        return count;
    }

    /// The newest first.
    List<Json> last() {
        return List.copyOf(last);
    }
}
