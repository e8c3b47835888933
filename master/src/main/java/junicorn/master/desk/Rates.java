package junicorn.master.desk;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;

/// How many requests a second each worker has answered lately.
final class Rates {
    private static final Duration WINDOW = Duration.ofSeconds(10);
    private static final Duration STEP = Duration.ofMillis(900);

    private final Deque<Sample> samples = new ArrayDeque<>();

    /// @param requests by pid, since each worker started
    private record Sample(Duration at, Map<Long, Long> requests) {}

    /// To be called now and then; more than once a second is not looked at.
    void note(Map<Long, Long> requests, Duration now) {
        if (!samples.isEmpty() && now.minus(samples.getLast().at()).compareTo(STEP) < 0) {
            return;
        }
        samples.add(new Sample(now, new HashMap<>(requests)));
        while (now.minus(samples.getFirst().at()).compareTo(WINDOW) > 0) {
            samples.removeFirst();
        }
    }

    /// Over the last seconds; of a worker that was not there then, since it was first seen.
    ///
    /// @param requests until now
    double of(long pid, long requests, Duration now) {
        for (var sample : samples) {
            var before = sample.requests().get(pid);
            var time = now.minus(sample.at()).toMillis();
            if (before != null && time > 0) {
                return Math.max(0, requests - before) * 1000.0 / time;
            }
        }
        return 0;
    }
}
