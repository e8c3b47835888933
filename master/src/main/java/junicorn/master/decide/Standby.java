package junicorn.master.decide;

import static java.lang.System.Logger.Level.INFO;

import java.time.Duration;
import java.util.Optional;
import junicorn.master.loop.Orders;
import junicorn.master.settings.Limits;
import junicorn.master.table.CrashBackoff;
import junicorn.master.table.Current;
import junicorn.master.table.Slots;
import junicorn.master.table.Worker;
import junicorn.os.Signal;

/// Workers that are ready and parked: they take the place of one that dies or goes, at once. Nobody
/// stands by while a place is empty, whatever the reason: who is ready takes it, and if nobody is,
/// who is on the way gets it as soon as it is ready.
final class Standby {
    private final Current current;
    private final Slots slots;
    private final Orders orders;

    Standby(Current current, Slots slots, Orders orders) {
        this.current = current;
        this.slots = slots;
        this.orders = orders;
    }

    /// For a worker that died: its standby inherits the back-off, so that a row of deaths stays
    /// one.
    ///
    /// @return who takes its place, if anyone can
    Optional<Integer> replace(CrashBackoff backoff, Duration now) {
        var slot = slots.standby(current.generation());
        slot.ifPresent(it -> promote(it, backoff, now));
        return slot;
    }

    /// Where workers are missing, or are not there yet.
    void fill(int wanted, Duration now) {
        var ready = slots.standby(current.generation());
        while (ready.isPresent() && isSeated(ready.get(), wanted, now)) {
            ready = slots.standby(current.generation());
        }
        var coming = coming();
        while (coming.isPresent() && isPromised(coming.get(), wanted, now)) {
            coming = coming();
        }
    }

    private Optional<Integer> coming() {
        return slots.first(it -> it.isFutureStandby() && it.isOf(current.generation()));
    }

    /// Whether there was a place for one that is ready.
    private boolean isSeated(int slot, int wanted, Duration now) {
        if (slots.staying() < wanted) {
            promote(slot, CrashBackoff.NONE, now);
            return true;
        }
        var empty = slots.resting().firstEntry();
        if (empty != null) {
            slots.put(empty.getKey(), empty.getValue().parked(now.plus(Limits.BREATH)));
            promote(slot, empty.getValue().backoff(), now);
            return true;
        }
        var later = slots.first(Worker::isPromised);
        if (later.isPresent()) {
            promote(slot, CrashBackoff.NONE, now);
            slots.worker(slot).ifPresent(it -> worker(later.get()).standBackFor(it));
            return true;
        }
        var doomed = slots.first(it -> it.isCondemned() && it.isStaying());
        doomed.ifPresent(
                it -> {
                    var backoff = CrashBackoff.after(worker(it), now);
                    worker(it).outgo();
                    promote(slot, backoff, now);
                });
        return doomed.isPresent();
    }

    /// Whether there is a place for one that starts.
    private boolean isPromised(int slot, int wanted, Duration now) {
        if (slots.staying() < wanted) {
            worker(slot).promise(CrashBackoff.NONE);
            return true;
        }
        var empty = slots.resting().firstEntry();
        if (empty == null) {
            return false;
        }
        slots.put(empty.getKey(), empty.getValue().parked(now.plus(Limits.BREATH)));
        worker(slot).promise(empty.getValue().backoff());
        return true;
    }

    /// While old workers are being replaced: a standby of theirs is as good as they are, and goes
    /// as they do.
    void help(int wanted, Duration now) {
        var slot = old();
        while (slot.isPresent() && slots.serving() < wanted) {
            worker(slot.get()).stale();
            promote(slot.get(), CrashBackoff.NONE, now);
            slot = old();
        }
    }

    private Optional<Integer> old() {
        return slots.first(it -> it.isStandby() && !it.isOf(current.generation()));
    }

    private Worker worker(int slot) {
        return slots.worker(slot).orElseThrow();
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

    private void promote(int slot, CrashBackoff backoff, Duration now) {
        var worker = worker(slot);
        worker.serve(backoff, now);
        serve(slot, worker, orders);
    }

    /// It is ready, and has a place.
    static void serve(int slot, Worker worker, Orders orders) {
        orders.say(INFO, "standby worker %d serves now pid=%d".formatted(slot, worker.pid()));
        orders.serve(slot);
    }
}
