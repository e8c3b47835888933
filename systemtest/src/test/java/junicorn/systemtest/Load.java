package junicorn.systemtest;

import static java.util.Objects.requireNonNull;

import java.net.SocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Load on a server: clients that ask and ask again, each checking that the answer belongs to its
/// question.
///
/// A request is *completed* (a full, valid answer to it came), *refused* (no connection was had)
/// or *failed*: there was a connection, then a reset, an end, a wrong answer or none in time.
final class Load implements AutoCloseable {
    private final SocketAddress address;
    private final long startedAt = System.nanoTime();
    private final List<Thread> clients = new ArrayList<>();
    private final List<String> failures = new ArrayList<>();
    private final Map<Long, Long> completedByWorker = new HashMap<>();
    private long refused;
    private Duration slowest = Duration.ZERO;
    private volatile boolean stopped;
    private volatile boolean mayRefuse;

    private Load(SocketAddress address) {
        this.address = requireNonNull(address);
    }

    /// So many clients that make a new connection for each request.
    static Load on(SocketAddress address, int clients) {
        return new Load(address).start(clients, false);
    }

    /// So many clients that keep their connection for as long as the server lets them.
    static Load keepingAlive(SocketAddress address, int clients) {
        return new Load(address).start(clients, true);
    }

    /// What has happened up to now.
    synchronized Tally tally() {
        return new Tally(Map.copyOf(completedByWorker), refused, List.copyOf(failures), slowest);
    }

    /// Waits until so many more requests than now are completed.
    Load awaitCompleted(long more) {
        long enough = tally().completed() + more;
        Await.until(
                enough + " completed requests",
                Await.BOOT,
                this::tally,
                tally -> tally.completed() >= enough);
        return this;
    }

    /// From now on a refused connection is no failure, and the end of the client that met it.
    Load serverMayRefuse() {
        mayRefuse = true;
        return this;
    }

    /// Waits until every client was refused.
    Tally awaitRefusal() {
        Await.until(
                "the end of every client",
                Await.BOOT,
                () -> clients.stream().filter(Thread::isAlive).toList(),
                List::isEmpty);
        return tally();
    }

    /// Lets every client finish the request it has.
    Tally stop() {
        stopped = true;
        return awaitRefusal();
    }

    @Override
    public void close() {
        stop();
    }

    SocketAddress address() {
        return address;
    }

    boolean wantsMore() {
        return !stopped;
    }

    synchronized void completed(long worker, Duration took) {
        completedByWorker.merge(worker, 1L, Long::sum);
        slowest = took.compareTo(slowest) > 0 ? took : slowest;
    }

    synchronized void failed(String token, String why) {
        var at = Duration.ofNanos(System.nanoTime() - startedAt);
        failures.add("request %s at %d ms: %s".formatted(token, at.toMillis(), why));
    }

    /// Whether that is as it should be.
    synchronized boolean refused(String token, String why) {
        if (!mayRefuse) {
            failed(token, "refused: " + why);
            return false;
        }
        refused++;
        return true;
    }

    private Load start(int count, boolean keepAlive) {
        for (int number = 0; number < count; number++) {
            var client = new LoadClient(this, "c" + number, keepAlive);
            clients.add(Thread.ofPlatform().name("client " + number).start(client));
        }
        return this;
    }

    /// Counts of a load; `completedByWorker` is by the pid that the answer names.
    record Tally(
            Map<Long, Long> completedByWorker,
            long refused,
            List<String> failures,
            Duration slowest) {
        long completed() {
            return completedByWorker.values().stream().mapToLong(Long::longValue).sum();
        }
    }
}
