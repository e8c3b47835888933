package junicorn.master.decide;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import junicorn.master.table.Slots;

/// Who is in which slot, as operators are told.
///
/// @param generation that new workers are started with
/// @param wanted workers there are to be
/// @param ready of those
public record Census(long generation, int wanted, int ready, List<Resident> residents) {
    private static final Duration EVER = Duration.ofDays(10_000);

    /// One slot that is in use.
    ///
    /// @param pid 0 while nobody is there
    /// @param state `starting`, `ready`, `standby`, `outgoing`, `draining`, `failing`, `resting`
    /// @param up since its spawn
    /// @param rest how long until somebody is started there
    public record Resident(
            int slot,
            long pid,
            String state,
            Duration up,
            Optional<Duration> rest,
            boolean leader) {}

    /// Somebody accepts clients.
    public boolean serves() {
        return ready > 0 || with("outgoing") > 0;
    }

    /// How many are in this state.
    public long with(String state) {
        return residents.stream().filter(it -> it.state().equals(state)).count();
    }

    static Census of(
            Slots slots, Leadership leadership, long generation, int wanted, Duration now) {
        var residents = new ArrayList<Resident>();
        slots.workers()
                .forEach(
                        (slot, worker) ->
                                residents.add(
                                        new Resident(
                                                slot,
                                                worker.pid(),
                                                worker.state(),
                                                worker.age(now),
                                                Optional.empty(),
                                                leadership.isLed(slot, worker.pid()))));
        slots.rested(EVER)
                .forEach((slot, resting) -> residents.add(resting(slot, resting.until(), now)));
        residents.sort(Comparator.comparingInt(Resident::slot));
        return new Census(generation, wanted, slots.ready(), List.copyOf(residents));
    }

    private static Resident resting(int slot, Duration until, Duration now) {
        var left = until.minus(now);
        return new Resident(
                slot,
                0,
                "resting",
                Duration.ZERO,
                Optional.of(left.isNegative() ? Duration.ZERO : left),
                false);
    }
}
