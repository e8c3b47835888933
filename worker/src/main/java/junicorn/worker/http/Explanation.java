package junicorn.worker.http;

import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import junicorn.worker.poll.Poll;
import junicorn.worker.poll.PolledSocket;

/// What a worker is doing, for people: its requests, each with its thread, and then all threads.
/// Made by a thread that looks on, so it may contradict itself by a moment.
public final class Explanation {
    private static final int FRAMES_MAX = 100;

    private Explanation() {}

    /// @param now [System#nanoTime()]
    public static String of(Poll poll, long now) {
        var requests = new ArrayList<String>();
        poll.owners(owner -> request(owner, now).ifPresent(requests::add));
        var head = requests.isEmpty() ? "no request runs" : String.join("\n\n", requests);
        return head + "\n\n" + threads();
    }

    /// The threads alone.
    public static String threads() {
        var infos = ManagementFactory.getThreadMXBean().dumpAllThreads(true, false, FRAMES_MAX);
        return List.of(infos).stream()
                .sorted(Comparator.comparing(info -> !info.getThreadName().startsWith("request")))
                .map(ThreadReport::listed)
                .reduce("all threads:", (one, other) -> one + "\n\n" + other);
    }

    private static Optional<String> request(PolledSocket.Owner owner, long now) {
        try {
            return owner instanceof SocketEndPoint wire
                            && wire.getConnection() instanceof Http1Connection connection
                    ? Optional.of(connection.words(now)).filter(words -> !words.isEmpty())
                    : Optional.empty();
        } catch (RuntimeException _) {
            return Optional.empty(); // it changed while we looked
        }
    }
}
