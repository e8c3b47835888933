package junicorn.master.decide;

import static java.lang.System.Logger.Level.INFO;

import java.time.Duration;
import junicorn.master.loop.Orders;
import junicorn.master.settings.Limits;
import junicorn.master.settings.Times;
import junicorn.master.settings.Words;
import junicorn.master.table.Seat;
import junicorn.master.table.Slots;
import junicorn.master.table.Worker;

/// While nobody serves, no slot rests long: those whose workers had become ready, and if no start
/// is under way, the one whose rest ends first. A rest is to spare those who serve, or a machine on
/// which nothing can start; without anybody who serves it only makes the gap longer.
final class Gap {
    private final Slots slots;
    private final Hope hope;
    private final Orders orders;

    Gap(Slots slots, Hope hope, Orders orders) {
        this.slots = slots;
        this.hope = hope;
        this.orders = orders;
    }

    /// How long a slot may rest whose worker has just died.
    Duration limit(Duration rest, int slot, boolean wasReady, Duration now) {
        var others = slots.workers();
        others.remove(slot);
        if (!hope.isFounded() || others.values().stream().anyMatch(Worker::isServing)) {
            return rest;
        }
        var awaited =
                others.values().stream().anyMatch(Worker::isBooting)
                        || slots.nextRestEnd(slot, now.plus(Limits.GAP)).isPresent();
        return wasReady || !awaited ? Times.shorter(rest, Limits.GAP) : rest;
    }

    /// Ends rests early that began when there was somebody who served.
    void shorten(Duration now) {
        if (!hope.isFounded() || slots.serving() > 0) {
            return;
        }
        var end = now.plus(Limits.GAP);
        slots.resting()
                .forEach(
                        (slot, resting) -> {
                            if (resting.wasReady()) {
                                shorten(slot, resting, end);
                            }
                        });
        if (slots.booting() == 0 && slots.nextRestEnd(-1, end).isEmpty()) {
            slots.firstToEnd().ifPresent(it -> shorten(it.getKey(), it.getValue(), end));
        }
    }

    private void shorten(int slot, Seat.Resting resting, Duration end) {
        if (resting.until().compareTo(end) > 0) {
            slots.put(slot, resting.until(end));
            orders.say(
                    INFO,
                    "no worker is serving, so worker %d starts in %s"
                            .formatted(slot, Words.of(Limits.GAP)));
        }
    }
}
