package junicorn.systemtest;

import java.net.SocketAddress;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/// Clients of both kinds at once: some that keep their connections, some that make a new one for
/// each request.
record SteadyLoad(Load kept, Load fresh) implements AutoCloseable {
    private static final int CLIENTS = 2;

    /// A load that is under way.
    static SteadyLoad on(SocketAddress address) {
        var load = new SteadyLoad(Load.keepingAlive(address, CLIENTS), Load.on(address, CLIENTS));
        try {
            return load.awaitCompleted(20);
        } catch (AssertionError none) {
            load.close();
            throw none;
        }
    }

    /// Waits until each kind has had so many more answers.
    SteadyLoad awaitCompleted(long more) {
        kept.awaitCompleted(more);
        fresh.awaitCompleted(more);
        return this;
    }

    /// Who has answered up to now.
    Set<Long> workers() {
        var workers = new TreeSet<Long>();
        Stream.of(kept, fresh)
                .forEach(it -> workers.addAll(it.tally().completedByWorker().keySet()));
        return workers;
    }

    /// How many requests this worker has answered up to now.
    long answeredBy(long worker) {
        return Stream.of(kept, fresh)
                .mapToLong(it -> it.tally().completedByWorker().getOrDefault(worker, 0L))
                .sum();
    }

    /// Each client ends with an answer more; what has failed since the start.
    List<String> failures() {
        awaitCompleted(1);
        close();
        return Stream.of(kept, fresh).flatMap(it -> it.tally().failures().stream()).toList();
    }

    @Override
    public void close() {
        kept.stop();
        fresh.stop();
    }
}
