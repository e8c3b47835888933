package junicorn.master.decide;

import static java.lang.System.Logger.Level.INFO;
import static java.lang.System.Logger.Level.WARNING;

import java.time.Duration;
import junicorn.master.loop.Orders;
import junicorn.master.table.Current;
import junicorn.master.table.Slots;
import junicorn.master.table.Worker;
import junicorn.os.Signal;

/// How workers are replaced without a gap: one that is outgoing counts no more as one of those that
/// are wanted, so the supervisor starts another, its successor; and as soon as as many as are
/// wanted are ready without it, it retires. If no successor becomes ready, it serves on.
///
/// Nobody is paired with anybody: whoever becomes ready first sets an outgoing one free. So it is
/// all the same whether one is replaced or all are, and for what reason.
final class Succession {
    private final Current current;
    private final Slots slots;
    private final Orders orders;
    private final MemoryGate gate;
    private final AddressRemoval removal;

    Succession(
            Current current, Slots slots, Orders orders, MemoryGate gate, AddressRemoval removal) {
        this.current = current;
        this.slots = slots;
        this.orders = orders;
        this.gate = gate;
        this.removal = removal;
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

    /// Whether another worker may be started now; asks for the memory to be weighed where it would
    /// be one more than are wanted.
    boolean admits(int wanted) {
        var outgoing = slots.outgoing().size();
        if (outgoing == 0 || gate.isMakingRoom()) {
            return !gate.isMakingRoom();
        }
        var number = slots.staying() + outgoing;
        if (number >= wanted + surge()) {
            return false;
        }
        return number < wanted || gate.admits();
    }

    /// Workers there may be beyond those wanted while some are replaced: each costs a heap.
    private int surge() {
        return slots.outgoing().values().stream().anyMatch(Worker::isStale)
                ? current.limits().renewal().reloadBatch()
                : 1;
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
                                        "worker %d keeps serving until a successor is ready pid=%d"
                                                .formatted(slot, worker.pid())));
    }

    /// Lets those go who are needed no longer, of the oldest generation first. Who is about to be
    /// killed goes anyhow, and does nobody's work meanwhile.
    void release(int wanted, Duration now) {
        var outgoing = slots.outgoing();
        outgoing.values().removeIf(worker -> !worker.isServing());
        var surplus = outgoing.size() - wanted; // whether there is a successor or not
        var leaving =
                outgoing.entrySet().stream()
                        .sorted((one, other) -> one.getValue().byAge(other.getValue()))
                        .limit(Math.max(0, slots.ready() + surplus))
                        .toList();
        for (var entry : leaving) {
            var why = surplus > 0 ? "fewer are wanted" : "its successor is ready";
            surplus--;
            orders.say(
                    INFO,
                    "worker %d retires, %s pid=%d"
                            .formatted(entry.getKey(), why, entry.getValue().pid()));
            var grace = current.limits().gracefulTimeout();
            if (!removal.keeps(entry.getKey(), entry.getValue(), grace, now)) {
                retire(entry.getKey(), entry.getValue(), now);
            }
        }
        gate.makeRoom(wanted)
                .ifPresent(slot -> slots.worker(slot).ifPresent(it -> retire(slot, it, now)));
    }

    private void retire(int slot, Worker worker, Duration now) {
        orders.retire(slot, worker, Signal.TERM, now.plus(current.limits().gracefulTimeout()));
    }

    /// One worker less is wanted: this one goes, and nobody comes.
    void dismiss(int slot, Duration now) {
        slots.worker(slot)
                .ifPresentOrElse(
                        worker -> {
                            orders.say(
                                    INFO, "worker %d retires pid=%d".formatted(slot, worker.pid()));
                            retire(slot, worker, now);
                        },
                        () -> slots.free(slot));
    }
}
