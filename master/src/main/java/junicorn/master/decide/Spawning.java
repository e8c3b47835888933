package junicorn.master.decide;

import java.time.Duration;
import junicorn.master.loop.Orders;
import junicorn.master.settings.Limits;
import junicorn.master.table.CrashBackoff;
import junicorn.master.table.Current;
import junicorn.master.table.Slots;
import junicorn.master.table.Worker;

/// Starts workers where some are missing, but not all at once: JVMs that start fill the cores, so
/// more of them side by side are ready no sooner, and the first one much later. A start that does
/// not use its core, for it waits for something else, makes room for the next.
final class Spawning {
    private final Current current;
    private final Slots slots;
    private final Succession succession;
    private final Reload reload;
    private final Hope hope;
    private final Gap gap;
    private final Orders orders;

    Spawning(
            Current current,
            Slots slots,
            Succession succession,
            Reload reload,
            Hope hope,
            Gap gap,
            Orders orders) {
        this.current = current;
        this.slots = slots;
        this.succession = succession;
        this.reload = reload;
        this.hope = hope;
        this.gap = gap;
        this.orders = orders;
    }

    /// First those whose rest is over, then new ones in the lowest free slots.
    void fill(int wanted, Duration now) {
        if (wanted > 0) {
            gap.shorten(now);
        }
        rested(false, now);
        while (slots.staying() < wanted && hasSlot() && mayStart() && succession.admits(wanted)) {
            spawn(slots.lowestFree(), CrashBackoff.NONE, false, now);
        }
        if (wanted > 0 && !reload.isRolling() && slots.ready() >= wanted) {
            park(now);
        }
    }

    /// Standbys, when all others are there.
    private void park(Duration now) {
        rested(true, now);
        while (slots.parked() < current.limits().renewal().standby() && hasSlot() && mayStart()) {
            spawn(slots.lowestFree(), CrashBackoff.NONE, true, now);
        }
    }

    private void rested(boolean parked, Duration now) {
        slots.rested(now)
                .forEach(
                        (slot, resting) -> {
                            if (resting.isParked() == parked && mayStart()) {
                                spawn(slot, resting.backoff(), parked, now);
                            }
                        });
    }

    private boolean hasSlot() {
        return slots.lowestFree() < current.limits().slots();
    }

    /// When something is to be decided about a slot. Who must wait for a core does so until another
    /// worker is ready, an event; or until the next patrol.
    Duration patience(Duration now) {
        return slots.nextDeadline(current.limits().bootTimeout(), mayStart())
                .map(at -> at.minus(now))
                .filter(left -> left.compareTo(Limits.PATROL) < 0)
                .map(left -> left.isNegative() ? Duration.ZERO : left)
                .orElse(Limits.PATROL);
    }

    private boolean mayStart() {
        return slots.starting() < current.limits().startsAtOnce() && !hope.isAwaited();
    }

    private void spawn(int slot, CrashBackoff backoff, boolean parked, Duration now) {
        slots.put(slot, new Worker(backoff, now, current.generation(), parked));
        orders.spawn(slot, current.generation(), parked);
    }
}
