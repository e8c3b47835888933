package junicorn.master.decide;

import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import junicorn.master.loop.Orders;
import junicorn.master.settings.Limits;
import junicorn.master.table.Slots;
import junicorn.master.table.Worker;
import junicorn.os.Signal;

/// How an address is left that the new generation does not listen on any more. When the last worker
/// that does is to go, new clients are turned away there first; it goes when all who are connected
/// are accepted. Otherwise the kernel would reset those who wait.
final class AddressRemoval {
    private final Slots slots;
    private final Orders orders;
    private boolean due;
    private Optional<Last> last = Optional.empty();

    /// Retires, and is not told yet.
    private record Last(int slot, long pid, long generation, Duration quietSince, Duration until) {}

    AddressRemoval(Slots slots, Orders orders) {
        this.slots = slots;
        this.orders = orders;
    }

    /// A generation starts.
    ///
    /// @param leaves those before it have addresses that it has not
    void begins(boolean leaves) {
        due = leaves;
    }

    /// Whether this one is the last; then it is told when nobody waits any more. The others have
    /// been told already.
    boolean keeps(int slot, Worker worker, Duration grace, Duration now) {
        var others = slots.outgoing().values().stream().filter(Worker::isStale).count() - 1;
        if (!due || !worker.isStale() || others > 0) {
            return false;
        }
        due = false;
        worker.retire(now.plus(grace));
        var until = now.plus(grace.multipliedBy(9).dividedBy(10)); // the rest is for requests
        last = Optional.of(new Last(slot, worker.pid(), worker.generation(), now, until));
        orders.refuseLeft();
        return true;
    }

    /// The queues were looked at.
    void visit(boolean clientsWait, Duration now) {
        if (last.isEmpty()) {
            return;
        }
        var it = last.get();
        var quiet = !clientsWait && now.minus(it.quietSince()).compareTo(Limits.QUIET) >= 0;
        if (quiet || now.compareTo(it.until()) >= 0) {
            end();
        } else if (clientsWait) {
            last = Optional.of(new Last(it.slot(), it.pid(), it.generation(), now, it.until()));
        }
    }

    /// Whoever still waits: it goes now.
    void end() {
        last.filter(it -> slots.worker(it.slot(), it.pid()).isPresent())
                .ifPresent(it -> orders.send(it.slot(), Signal.TERM));
        last = Optional.empty();
    }

    boolean isUnderWay() {
        return last.isPresent();
    }

    /// Whose addresses are still needed.
    Set<Long> generations() {
        return last.map(it -> Set.of(it.generation())).orElse(Set.of());
    }
}
