package junicorn.master;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/// Who is in which slot, by slot number. A slot that is not in here is free.
final class Slots {
    private final TreeMap<Integer, Seat> seats = new TreeMap<>();

    void put(int slot, Seat seat) {
        seats.put(slot, seat);
    }

    void free(int slot) {
        seats.remove(slot);
    }

    void forgetResting() {
        seats.values().removeIf(seat -> seat instanceof Seat.Resting);
    }

    Optional<Worker> worker(int slot) {
        return seats.get(slot) instanceof Worker worker ? Optional.of(worker) : Optional.empty();
    }

    /// Only if it is that very process.
    Optional<Worker> worker(int slot, long pid) {
        return worker(slot).filter(worker -> worker.is(pid));
    }

    /// A copy: what is done with a worker may change the slots.
    SortedMap<Integer, Worker> workers() {
        var workers = new TreeMap<Integer, Worker>();
        seats.forEach(
                (slot, seat) -> {
                    if (seat instanceof Worker worker) {
                        workers.put(slot, worker);
                    }
                });
        return workers;
    }

    /// A copy: those whose rest is over.
    Map<Integer, Seat.Resting> rested(Duration now) {
        var rested = new TreeMap<Integer, Seat.Resting>();
        seats.forEach(
                (slot, seat) -> {
                    if (seat instanceof Seat.Resting resting
                            && resting.until().compareTo(now) <= 0) {
                        rested.put(slot, resting);
                    }
                });
        return rested;
    }

    /// Whether anyone accepts clients.
    boolean serve() {
        return workers().values().stream().anyMatch(Worker::isServing);
    }

    /// How many accept clients.
    int serving() {
        return Math.toIntExact(workers().values().stream().filter(Worker::isServing).count());
    }

    /// Workers that serve until their successors do.
    SortedMap<Integer, Worker> outgoing() {
        var outgoing = workers();
        outgoing.values().removeIf(worker -> !worker.isOutgoing());
        return outgoing;
    }

    /// How many of those that are to stay are ready.
    int ready() {
        return Math.toIntExact(
                workers().values().stream()
                        .filter(worker -> worker.isStaying() && worker.isServing())
                        .count());
    }

    /// How many slots have seen an early death.
    int failed() {
        return Math.toIntExact(
                seats.values().stream().filter(seat -> seat.streak().deaths() > 0).count());
    }

    /// Workers that are to stay, and rests that end with one.
    int staying() {
        return Math.toIntExact(stayingSlots().count());
    }

    Optional<Integer> highestStaying() {
        return stayingSlots().findFirst();
    }

    int lowestFree() {
        var slot = 0;
        while (seats.containsKey(slot)) {
            slot++;
        }
        return slot;
    }

    /// Workers that were spawned after `since` and are not yet ready.
    int starting(Duration since) {
        return Math.toIntExact(
                workers().values().stream().filter(worker -> worker.isStarting(since)).count());
    }

    /// @param restsCount false if whose rest is over has to wait all the same
    Optional<Duration> nextDeadline(Duration bootTimeout, boolean restsCount) {
        return seats.values().stream()
                .flatMap(
                        seat ->
                                switch (seat) {
                                    case Seat.Resting(_, Duration until) ->
                                            restsCount ? Stream.of(until) : Stream.empty();
                                    case Worker worker -> worker.deadline(bootTimeout).stream();
                                })
                .min(Duration::compareTo);
    }

    /// The highest first.
    Stream<Integer> stayingSlots() {
        return seats.descendingMap().entrySet().stream()
                .filter(entry -> !(entry.getValue() instanceof Worker it && !it.isStaying()))
                .map(Map.Entry::getKey);
    }
}
