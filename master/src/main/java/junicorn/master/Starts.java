package junicorn.master;

import java.time.Duration;

/// Starts workers where some are missing, but not all at once: JVMs that start fill the cores, so
/// more of them side by side are ready no sooner, and the first one much later.
final class Starts {
    private final Current current;
    private final Slots slots;
    private final Succession succession;
    private final Orders orders;

    Starts(Current current, Slots slots, Succession succession, Orders orders) {
        this.current = current;
        this.slots = slots;
        this.succession = succession;
        this.orders = orders;
    }

    /// First those whose rest is over, then new ones in the lowest free slots.
    void fill(int wanted, Duration now) {
        slots.rested(now)
                .forEach(
                        (slot, resting) -> {
                            if (mayStart(now)) {
                                spawn(slot, resting.streak(), now);
                            }
                        });
        while (slots.staying() < wanted
                && succession.hasRoom(wanted)
                && slots.lowestFree() < current.limits().slots()
                && mayStart(now)) {
            spawn(slots.lowestFree(), Streak.NONE, now);
        }
    }

    /// When something is to be decided about a slot. Who must wait for a core does so until another
    /// worker is ready, an event; or until the next patrol.
    Duration patience(Duration now) {
        return slots.nextDeadline(current.limits().bootTimeout(), mayStart(now))
                .map(at -> at.minus(now))
                .filter(left -> left.compareTo(Limits.PATROL) < 0)
                .map(left -> left.isNegative() ? Duration.ZERO : left)
                .orElse(Limits.PATROL);
    }

    private boolean mayStart(Duration now) {
        return slots.starting(now.minus(Limits.CROWDING)) < current.limits().startsAtOnce();
    }

    private void spawn(int slot, Streak streak, Duration now) {
        slots.put(slot, new Worker(streak, now));
        orders.spawn(slot, current.generation());
    }
}
