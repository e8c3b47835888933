package junicorn.master.decide;

import static java.lang.System.Logger.Level.INFO;
import static java.lang.System.Logger.Level.WARNING;

import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import junicorn.master.loop.Event;
import junicorn.master.loop.Orders;
import junicorn.master.settings.Limits;
import junicorn.master.settings.Words;
import junicorn.master.table.Current;
import junicorn.master.table.Slots;
import junicorn.master.table.Verdict;
import junicorn.master.table.Worker;

/// Workers that are replaced before anything is wrong with them, for they have served long enough:
/// by their own account, by their age, or by their memory. One after the other: the next is
/// outgoing only when all before it are gone. With a standby that is ready there is no need to
/// wait.
final class Recycling {
    /// What the JVM says itself, see `WorkerJvm`: something is wrong after all.
    static final String OUT_OF_MEMORY = "java.lang.OutOfMemoryError";

    private final Current current;
    private final Slots slots;
    private final Orders orders;

    /// Reasons, by pid; the first come is the first replaced.
    private final Map<Long, String> due = new LinkedHashMap<>();

    /// Those whose turn has come, until they are gone.
    private final Set<Long> going = new HashSet<>();

    private Duration weighedAt = Duration.ZERO;

    Recycling(Current current, Slots slots, Orders orders) {
        this.current = current;
        this.slots = slots;
        this.orders = orders;
    }

    /// It serves on until it is its turn; but with `--max-requests 1` it has already stopped.
    void tired(Worker worker, String reason) {
        if (reason.equals(OUT_OF_MEMORY)) {
            worker.blame(
                    Verdict.Kind.OUT_OF_MEMORY,
                    "a thread of it got an OutOfMemoryError, so it was replaced");
        }
        if (worker.isServing()) {
            due.putIfAbsent(worker.pid(), reason);
        }
    }

    /// Who has served long enough. The limits of two workers differ, so that those that were
    /// started together do not end together.
    void visit(Duration now) {
        if (current.limits().renewal().maxMemoryBytes() > 0
                && now.minus(weighedAt).compareTo(Limits.WEIGHING) >= 0) {
            weighedAt = now;
            orders.weigh();
        }
        var lifetime = current.limits().renewal().maxLifetime();
        if (!lifetime.isZero()) {
            slots.workers()
                    .values()
                    .forEach(
                            worker -> {
                                var limit = lifetime.minus(jitter(lifetime, worker.pid()));
                                if (worker.served(now).compareTo(limit) >= 0) {
                                    tired(worker, "--max-lifetime " + Words.of(lifetime));
                                }
                            });
        }
    }

    void weighed(Event.Weighed weighed) {
        var limit = current.limits().renewal().maxMemoryBytes();
        if (limit > 0) {
            for (var worker : slots.workers().values()) {
                var pss = weighed.pssBytes().getOrDefault(worker.pid(), 0L);
                if (pss > limit) {
                    tired(
                            worker,
                            "--max-memory %s memory=%s"
                                    .formatted(Words.mebibytes(limit), Words.mebibytes(pss)));
                }
            }
        }
    }

    /// The next one's turn, if it has come.
    void next() {
        var workers = slots.workers();
        due.keySet().removeIf(pid -> workers.values().stream().noneMatch(it -> serves(it, pid)));
        going.removeIf(pid -> workers.values().stream().noneMatch(it -> it.is(pid)));
        var busy = !slots.outgoing().isEmpty() || !going.isEmpty();
        var standby = slots.standby(current.generation()).isPresent();
        if (due.isEmpty() || (busy && !standby)) {
            return;
        }
        for (var pid : List.copyOf(due.keySet())) {
            for (var entry : workers.entrySet()) {
                if (entry.getValue().is(pid) && entry.getValue().isStaying()) {
                    outgo(entry.getKey(), entry.getValue());
                    return;
                }
            }
        }
    }

    private void outgo(int slot, Worker worker) {
        going.add(worker.pid());
        orders.say(
                worker.blame().isPresent() ? WARNING : INFO,
                "worker %d is recycled pid=%d: %s"
                        .formatted(slot, worker.pid(), due.remove(worker.pid())));
        worker.outgo();
    }

    private static boolean serves(Worker worker, long pid) {
        return worker.is(pid) && worker.isServing();
    }

    /// Up to a tenth, by a hash of the pid: the same each time one asks.
    private static Duration jitter(Duration lifetime, long pid) {
        var hash = (pid * 0x9E37_79B9_7F4A_7C15L) >>> 54;
        return lifetime.multipliedBy(hash).dividedBy(10 * 1024);
    }
}
