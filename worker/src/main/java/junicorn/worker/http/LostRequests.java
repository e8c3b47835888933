package junicorn.worker.http;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import junicorn.worker.poll.Admission;

/// Finds requests that count as running while nobody is in them and nobody will end them, and
/// places that are taken by no request: a worker with such a thing looks busy for ever, and in
/// `sync` serves nobody. There should be none; this is for the mistake that was not thought of.
///
/// Not lost is what a thread is in, what an application has left open to complete it later
/// (`startAsync`), whoever waits for its client, and what was cut off: the first by the heart, the
/// others have deadlines of their own. What is lost is ended, so that those who wait for its place
/// are served, and the worker is said to be unfit: nobody knows what else went wrong in it.
///
/// Looks when the poll is swept, at what the exchanges keep anyway: requests pay nothing.
final class LostRequests {
    /// How long it must look so: whoever is just passing a request on is quicker.
    static final Duration PATIENCE = Duration.ofSeconds(5);

    private static final Logger LOG = System.getLogger(LostRequests.class.getName());

    /// A request that seems to be lost.
    private record Suspect(int number, long since) {}

    private final Admission admission;
    private final Consumer<String> unfit;

    /// All that have the parts of a connection, in use or not. By their exchange: to Jetty, whose
    /// attributes they are, two connections are equal if their attributes are.
    private final Map<Exchange, Http1Connection> connections = new ConcurrentHashMap<>();

    // of the sweeper
    private final Map<Exchange, Suspect> suspects = new ConcurrentHashMap<>();
    private boolean placesMissing;
    private long missingSince;
    private long lastLook;
    private volatile long patienceNanos = PATIENCE.toNanos();

    /// @param unfit is told that the worker is to be replaced, and why
    LostRequests(Admission admission, Consumer<String> unfit) {
        this.admission = admission;
        this.unfit = unfit;
        admission.heldBy(this::open);
    }

    void patience(Duration patience) {
        patienceNanos = patience.toNanos();
    }

    void watch(Http1Connection connection) {
        connections.put(connection.exchange(), connection);
    }

    void forget(Http1Connection connection) {
        connections.remove(connection.exchange());
    }

    /// The connections that may be in a request.
    Collection<Http1Connection> connections() {
        return connections.values();
    }

    /// Requests that are open now.
    private int open() {
        int open = 0;
        for (var exchange : connections.keySet()) {
            open += exchange.holds().isOpen() ? 1 : 0;
        }
        return open;
    }

    /// @param now [System#nanoTime()]
    void sweep(long now) {
        if (now - lastLook > patienceNanos / 2) { // this process stood still, not a request
            suspects.clear();
            placesMissing = false;
        }
        lastLook = now;
        connections.forEach((exchange, connection) -> look(exchange, connection, now));
        lookForPlaces(now);
    }

    private void look(Exchange exchange, Http1Connection connection, long now) {
        if (!exchange.isDeserted()) {
            suspects.remove(exchange);
            return;
        }
        int number = exchange.holds().number();
        var suspect = suspects.get(exchange);
        if (suspect == null || suspect.number() != number) {
            suspects.put(exchange, new Suspect(number, now));
        } else if (now - suspect.since() >= patienceNanos) {
            suspects.remove(exchange);
            var request = connection.requestLine();
            if (exchange.takeAway()) {
                lost("a request is lost: no thread is in it and it did not end request=" + request);
            }
        }
    }

    private void lookForPlaces(long now) {
        int missing = admission.unheld();
        if (missing <= 0) {
            placesMissing = false;
        } else if (!placesMissing) {
            placesMissing = true;
            missingSince = now;
        } else if (now - missingSince >= patienceNanos) {
            placesMissing = false;
            for (int i = 0; i < missing; i++) {
                admission.leave();
            }
            lost("a place for requests is taken and no request has it places=" + missing);
        }
    }

    private void lost(String what) {
        LOG.log(Level.ERROR, what + ", it is given free and this worker is to be replaced");
        unfit.accept(what);
    }
}
