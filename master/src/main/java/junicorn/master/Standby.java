package junicorn.master;

import static java.lang.System.Logger.Level.INFO;

import java.time.Duration;
import java.util.Optional;
import junicorn.os.Signal;

/// Workers that are ready and parked: they take the place of one that dies or goes, at once.
final class Standby {
    private final Current current;
    private final Slots slots;
    private final Orders orders;

    Standby(Current current, Slots slots, Orders orders) {
        this.current = current;
        this.slots = slots;
        this.orders = orders;
    }

    /// For a worker that died: its standby inherits the streak, so that a row of deaths stays one.
    ///
    /// @return who takes its place, if anyone can
    Optional<Integer> replace(Streak streak, Duration now) {
        var slot = slots.standby(current.generation());
        slot.ifPresent(it -> promote(it, streak, now));
        return slot;
    }

    /// Where workers are missing.
    void fill(int wanted, Duration now) {
        var slot = slots.standby(current.generation());
        while (slot.isPresent() && slots.staying() < wanted) {
            promote(slot.get(), Streak.NONE, now);
            slot = slots.standby(current.generation());
        }
    }

    /// Those that run old code, or are too many: without workers, all.
    void trim(int wanted, Duration now) {
        var here = wanted == 0 ? 0 : current.limits().renewal().standby();
        var surplus = slots.parked() - here;
        for (var entry : slots.workers().descendingMap().entrySet()) {
            var worker = entry.getValue();
            var stale = !worker.isOf(current.generation());
            if (worker.isParked() && !worker.isRetiring() && (stale || surplus > 0)) {
                surplus--;
                orders.say(
                        INFO,
                        "standby worker %d retires pid=%d".formatted(entry.getKey(), worker.pid()));
                orders.retire(
                        entry.getKey(),
                        worker,
                        Signal.TERM,
                        now.plus(current.limits().gracefulTimeout()));
            }
        }
        if (surplus > 0) {
            slots.forgetParkedRests();
        }
    }

    private void promote(int slot, Streak streak, Duration now) {
        slots.worker(slot)
                .ifPresent(
                        worker -> {
                            orders.say(
                                    INFO,
                                    "standby worker %d serves now pid=%d"
                                            .formatted(slot, worker.pid()));
                            worker.serve(streak, now);
                            orders.serve(slot);
                        });
    }
}
