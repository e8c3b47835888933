package junicorn.master;

import static java.lang.System.Logger.Level.INFO;
import static java.lang.System.Logger.Level.WARNING;

import java.time.Duration;
import junicorn.os.Signal;

/// How workers are replaced without a gap: one that is outgoing counts no more as one of those that
/// are wanted, so the supervisor starts another, its successor; and as soon as as many as are
/// wanted
/// are ready without it, it retires. If no successor becomes ready, it serves on.
///
/// Nobody is paired with anybody: whoever becomes ready first sets an outgoing one free. So it is
/// all the same whether one is replaced or all are, and for what reason.
final class Succession {
    /// Workers there may be beyond those wanted while some are replaced: each costs a heap.
    static final int SURGE = 1;

    private final Current current;
    private final Slots slots;
    private final Orders orders;

    Succession(Current current, Slots slots, Orders orders) {
        this.current = current;
        this.slots = slots;
        this.orders = orders;
    }

    /// The worker said that it cannot go on for long.
    void unfit(int slot, Worker worker, String reason) {
        if (worker.isServing() && worker.isStaying()) {
            orders.say(
                    WARNING,
                    "worker %d is unfit, starting its successor pid=%d: %s"
                            .formatted(slot, worker.pid(), reason));
            worker.outgo();
        }
    }

    /// Whether another worker may be started now.
    boolean hasRoom(int wanted) {
        var outgoing = slots.outgoing().size();
        return outgoing == 0 || slots.staying() + outgoing < wanted + SURGE;
    }

    /// One died; if it never served, those whose successor it may have been serve on.
    void failed(Worker dead) {
        if (dead.isReady()) {
            return;
        }
        slots.outgoing()
                .forEach(
                        (slot, worker) ->
                                orders.say(
                                        WARNING,
                                        "worker %d serves on until a successor is ready pid=%d"
                                                .formatted(slot, worker.pid())));
    }

    /// Lets those go who are needed no longer.
    void release(int wanted, Duration now) {
        var grace = current.limits().gracefulTimeout();
        var tooMany = slots.ready() + slots.outgoing().size() - wanted;
        for (var entry : slots.outgoing().entrySet()) {
            if (tooMany > 0) {
                tooMany--;
                var worker = entry.getValue();
                orders.say(
                        INFO,
                        "worker %d retires, its successor is ready pid=%d"
                                .formatted(entry.getKey(), worker.pid()));
                orders.retire(entry.getKey(), worker, Signal.TERM, now.plus(grace));
            }
        }
    }
}
