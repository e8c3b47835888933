package junicorn.master.control;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Supplier;

/// The way back to who asked: some lines of progress, then one answer. Whoever speaks never waits:
/// the connection's thread sends.
public final class Reply {
    /// A client that reads no longer misses lines of progress, never the answer.
    static final int WAITING_MAX = 1_000;

    /// What is owed when the server has ended.
    static final String GONE = "the server has stopped";

    private final Deque<UpgradeChannel> waiting = new ArrayDeque<>(); // guarded by this
    private boolean answered; // guarded by this

    /// @param text is asked for on the connection's thread
    record UpgradeChannel(Supplier<Json> text, boolean last) {}

    Reply() {}

    /// How it goes, for people.
    public synchronized void progress(String words) {
        if (!answered && waiting.size() < WAITING_MAX) {
            add(() -> Json.object().put("progress", words), false);
        }
    }

    /// It is done.
    ///
    /// @param data is asked for on a thread that may take its time
    public synchronized void done(Supplier<Json> data) {
        answer(() -> Json.object().put("ok", true).put("data", data.get()));
    }

    /// It is done, and there is no more to say than this.
    public void done(Json data) {
        done(() -> data);
    }

    /// It was not done.
    ///
    /// @param error in words for the operator
    public synchronized void failed(String error) {
        answer(() -> Json.object().put("ok", false).put("error", error));
    }

    /// Only the first answer counts.
    private void answer(Supplier<Json> line) {
        if (!answered) {
            answered = true;
            add(line, true);
        }
    }

    private void add(Supplier<Json> text, boolean last) {
        waiting.add(new UpgradeChannel(text, last));
        notifyAll();
    }

    /// Waits for the next line.
    synchronized UpgradeChannel next() throws InterruptedException {
        while (waiting.isEmpty()) {
            wait();
        }
        return waiting.remove();
    }
}
