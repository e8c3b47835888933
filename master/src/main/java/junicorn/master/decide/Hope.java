package junicorn.master.decide;

import junicorn.master.table.Current;
import junicorn.master.table.Slots;

/// Whether a worker can still become ready. Once one was, there is always hope; before that, as
/// long as not all that were tried at once have failed, or one of them is still under way.
final class Hope {
    private final Current current;
    private final Wanted wanted;
    private final Slots slots;
    private boolean founded;

    Hope(Current current, Wanted wanted, Slots slots) {
        this.current = current;
        this.wanted = wanted;
        this.slots = slots;
    }

    /// One became ready.
    void found() {
        founded = true;
    }

    boolean isFounded() {
        return founded;
    }

    /// It hangs on those that are under way: more starts would only tell the same again.
    boolean isAwaited() {
        return hasFailed() && slots.booting() + slots.failing() > 0;
    }

    boolean isLost() {
        return hasFailed() && slots.booting() == 0;
    }

    /// So many slots have seen an early death: as many as were tried at once.
    private boolean hasFailed() {
        var enough = Math.min(wanted.number(), current.limits().startsAtOnce());
        return !founded && slots.failed() >= enough;
    }
}
