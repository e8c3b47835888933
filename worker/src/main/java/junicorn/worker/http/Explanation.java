package junicorn.worker.http;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import junicorn.worker.poll.Poll;
import junicorn.worker.poll.SocketOwner;

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
        var bean = ManagementFactory.getThreadMXBean();
        var infos = bean.dumpAllThreads(true, false, FRAMES_MAX);
        return deadlock(bean) + listed(infos);
    }

    /// Nothing, if there is none. The JVM knows monitors and locks, but not what virtual threads
    /// hold.
    private static String deadlock(ThreadMXBean bean) {
        var ids = bean.findDeadlockedThreads();
        if (ids == null) {
            return "";
        }
        return Arrays.stream(bean.getThreadInfo(ids))
                .filter(Objects::nonNull)
                .map(ThreadInfo::getThreadName)
                .sorted()
                .collect(
                        Collectors.joining(
                                ", ", "deadlock, these threads wait for each other: ", "\n\n"));
    }

    private static String listed(ThreadInfo... infos) {
        return List.of(infos).stream()
                .sorted(Comparator.comparing(info -> !info.getThreadName().startsWith("request")))
                .map(ThreadReport::listed)
                .reduce("all threads:", (one, other) -> one + "\n\n" + other);
    }

    private static Optional<String> request(SocketOwner owner, long now) {
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
