package junicorn.master.decide;

import static java.lang.System.Logger.Level.INFO;

import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import junicorn.master.loop.Orders;
import junicorn.master.table.Slots;
import junicorn.master.table.Worker;

/// Who of the workers is the leader: for work that the service does once, not once in each worker.
///
/// Never two at a time: the next is elected when the last one has said that it leads no more, or
/// was reaped. A leader that hangs therefore leads until the patrol has killed it.
final class Leadership {
    private Optional<Leader> leader = Optional.empty();

    private record Leader(int slot, long pid) {}

    /// It begins to stop and has let go.
    void yielded(int slot, long pid, Slots slots) {
        slots.worker(slot, pid).ifPresent(Worker::yielded);
        leader = leader.filter(it -> !it.equals(new Leader(slot, pid)));
    }

    /// Whether that very process leads.
    boolean isLed(int slot, long pid) {
        return leader.equals(Optional.of(new Leader(slot, pid)));
    }

    /// If there is none: the worker in the lowest slot that serves, one that stays if there is any,
    /// so that a reload does not hand it on from worker to worker.
    void fill(Slots slots, Orders orders) {
        leader = leader.filter(it -> slots.worker(it.slot(), it.pid()).isPresent());
        if (leader.isEmpty()) {
            leader =
                    slots.workers().entrySet().stream()
                            .filter(entry -> entry.getValue().mayLead())
                            .min(Comparator.comparing(it -> it.getValue().isOutgoing()))
                            .map(Leadership::leader);
            leader.ifPresent(it -> appoint(it, orders));
        }
    }

    private static Leader leader(Map.Entry<Integer, Worker> entry) {
        return new Leader(entry.getKey(), entry.getValue().pid());
    }

    private static void appoint(Leader leader, Orders orders) {
        orders.say(INFO, "worker %d is the leader".formatted(leader.slot()));
        orders.lead(leader.slot());
    }
}
