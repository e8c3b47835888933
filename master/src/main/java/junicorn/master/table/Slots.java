package junicorn.master.table;

import java.time.Duration;
import java.util.Comparator;
import java.util.HashSet;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Who is in which slot, by slot number. A slot that is not in here is free.
public final class Slots {
    private final TreeMap<Integer, Seat> seats = new TreeMap<>();

    public void put(int slot, Seat seat) {
        seats.put(slot, seat);
    }

    public void free(int slot) {
        seats.remove(slot);
    }

    public void forgetResting() {
        seats.values().removeIf(seat -> seat instanceof Seat.Resting);
    }

    public void forgetParkedRests() {
        seats.values().removeIf(seat -> seat instanceof Seat.Resting && seat.isParked());
    }

    public Optional<Worker> worker(int slot) {
        return seats.get(slot) instanceof Worker worker ? Optional.of(worker) : Optional.empty();
    }

    /// Only if it is that very process.
    public Optional<Worker> worker(int slot, long pid) {
        return worker(slot).filter(worker -> worker.is(pid));
    }

    /// A copy: what is done with a worker may change the slots.
    public NavigableMap<Integer, Worker> workers() {
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
    public Map<Integer, Seat.Resting> rested(Duration now) {
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

    /// Those that have a worker that is to stay or to stand by, or wait for one that is to stay.
    public Set<Integer> inUse() {
        var used = stayingSlots().collect(Collectors.toSet());
        workers()
                .forEach(
                        (slot, worker) -> {
                            if (worker.isParked()) {
                                used.add(slot);
                            }
                        });
        return used;
    }

    /// Of workers that nobody has told to stop.
    public Set<Long> generations() {
        var generations = new HashSet<Long>();
        workers().values().stream()
                .filter(worker -> !worker.isRetiring())
                .forEach(worker -> generations.add(worker.generation()));
        return generations;
    }

    /// How many accept clients.
    public int serving() {
        return count(Worker::isServing);
    }

    /// A copy: the slots that wait for one that is to stay.
    public NavigableMap<Integer, Seat.Resting> resting() {
        var resting = new TreeMap<Integer, Seat.Resting>();
        seats.forEach(
                (slot, seat) -> {
                    if (seat instanceof Seat.Resting it && !it.isParked()) {
                        resting.put(slot, it);
                    }
                });
        return resting;
    }

    public Optional<Duration> restEnd(int slot) {
        return seats.get(slot) instanceof Seat.Resting it
                ? Optional.of(it.until())
                : Optional.empty();
    }

    /// Of these, the one whose rest ends first.
    public Optional<Map.Entry<Integer, Seat.Resting>> firstToEnd() {
        return resting().entrySet().stream()
                .min(Comparator.comparing(entry -> entry.getValue().until()));
    }

    /// The end of a rest that is over by then, in another slot than this one.
    public Optional<Duration> nextRestEnd(int otherThan, Duration by) {
        return resting().entrySet().stream()
                .filter(entry -> entry.getKey() != otherThan)
                .map(entry -> entry.getValue().until())
                .filter(until -> until.compareTo(by) <= 0)
                .min(Duration::compareTo);
    }

    /// How many are on their way to ready.
    public int booting() {
        return count(Worker::isBooting);
    }

    public boolean anyRetires() {
        return count(Worker::isRetiring) > 0;
    }

    /// How many are not of this generation, whatever they do.
    public int otherThan(long generation) {
        return count(worker -> !worker.isOf(generation));
    }

    /// Standbys, and rests that end with one.
    public int parked() {
        return Math.toIntExact(
                seats.values().stream()
                        .filter(Seat::isParked)
                        .filter(seat -> !(seat instanceof Worker it && it.isRetiring()))
                        .count());
    }

    /// One that could serve at once.
    public Optional<Integer> standby(long generation) {
        return first(it -> it.isStandby() && it.isOf(generation));
    }

    public Optional<Integer> first(Predicate<Worker> condition) {
        return workers().entrySet().stream()
                .filter(it -> condition.test(it.getValue()))
                .map(Map.Entry::getKey)
                .findFirst();
    }

    /// Workers that serve until their successors do.
    public NavigableMap<Integer, Worker> outgoing() {
        var outgoing = workers();
        outgoing.values().removeIf(worker -> !worker.isOutgoing());
        return outgoing;
    }

    /// How many of those that are to stay are ready.
    public int ready() {
        return count(worker -> worker.isStaying() && worker.isServing());
    }

    /// How many slots have seen an early death, or will when a start that has failed has ended.
    public int failed() {
        return Math.toIntExact(
                seats.values().stream()
                        .filter(
                                seat ->
                                        seat.backoff().deaths() > 0
                                                || (seat instanceof Worker it && it.isFailing()))
                        .count());
    }

    /// How many starts have failed and are still to end.
    public int failing() {
        return count(Worker::isFailing);
    }

    /// Workers that are to stay, and rests that end with one.
    public int staying() {
        return Math.toIntExact(stayingSlots().count());
    }

    /// Who of those that are to stay can be spared best: nobody is there, it is not yet ready, or
    /// its slot is the highest.
    public Optional<Integer> mostDispensable() {
        return stayingSlots().min(Comparator.comparingInt(this::worth));
    }

    private int worth(int slot) {
        return worker(slot).map(worker -> worker.isServing() ? 2 : 1).orElse(0);
    }

    public int lowestFree() {
        var slot = 0;
        while (seats.containsKey(slot)) {
            slot++;
        }
        return slot;
    }

    /// Workers that are not yet ready and need a core each for that.
    public int starting() {
        return count(Worker::isStarting);
    }

    private int count(Predicate<Worker> condition) {
        return Math.toIntExact(workers().values().stream().filter(condition).count());
    }

    /// @param restsCount false if whose rest is over has to wait all the same
    public Optional<Duration> nextDeadline(Duration bootTimeout, boolean restsCount) {
        return seats.values().stream()
                .flatMap(
                        seat ->
                                switch (seat) {
                                    case Seat.Resting(_, Duration until, boolean parked, _) ->
                                            restsCount && !parked
                                                    ? Stream.of(until)
                                                    : Stream.empty();
                                    case Worker worker -> worker.deadline(bootTimeout).stream();
                                })
                .min(Duration::compareTo);
    }

    /// The highest first.
    Stream<Integer> stayingSlots() {
        return seats.descendingMap().entrySet().stream()
                .filter(entry -> isStaying(entry.getValue()))
                .map(Map.Entry::getKey);
    }

    private static boolean isStaying(Seat seat) {
        return switch (seat) {
            case Worker worker -> worker.isStaying();
            case Seat.Resting resting -> !resting.isParked();
        };
    }
}
