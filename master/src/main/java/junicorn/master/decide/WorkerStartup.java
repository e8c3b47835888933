package junicorn.master.decide;

import static java.lang.System.Logger.Level.ERROR;
import static java.lang.System.Logger.Level.INFO;

import java.time.Duration;
import junicorn.master.loop.Event;
import junicorn.master.loop.Orders;
import junicorn.master.settings.Limits;
import junicorn.master.settings.Words;
import junicorn.master.table.Causes;
import junicorn.master.table.Slots;
import junicorn.master.table.Verdict;

/// What becomes of a worker between its spawn and ready.
final class WorkerStartup {
    private final Slots slots;
    private final Causes causes;
    private final Orders orders;
    private final Reload reload;
    private final Hope hope;

    WorkerStartup(Slots slots, Causes causes, Orders orders, Reload reload, Hope hope) {
        this.slots = slots;
        this.causes = causes;
        this.orders = orders;
        this.reload = reload;
        this.hope = hope;
    }

    /// There is a process.
    void started(int slot, long pid) {
        slots.worker(slot).ifPresent(worker -> worker.started(pid));
        orders.say(INFO, "worker %d started pid=%d".formatted(slot, pid));
    }

    /// Its application has started.
    void ready(int slot, long pid, long startMillis, Duration now) {
        slots.worker(slot, pid)
                .ifPresent(
                        worker -> {
                            worker.ready(now);
                            hope.found();
                            var promised = worker.takesPromisedPlace();
                            var boot = Words.of(Duration.ofMillis(startMillis));
                            orders.say(
                                    INFO,
                                    "%sworker %d ready pid=%d boot=%s"
                                            .formatted(
                                                    worker.isParked() || promised ? "standby " : "",
                                                    slot,
                                                    pid,
                                                    boot));
                            if (promised) {
                                Standby.serve(slot, worker, orders);
                            }
                        });
    }

    /// It said why it will not become ready; its exit comes next.
    void bootFailed(Event.BootFailed failure, Duration now) {
        slots.worker(failure.slot(), failure.pid())
                .ifPresent(
                        worker -> {
                            worker.condemn(now.plus(Limits.EXIT));
                            worker.blame(Verdict.Kind.BOOT_FAILED, failure.reason());
                            worker.explained(failure.stack());
                            orders.say(
                                    ERROR,
                                    causes.tell(failure.slot(), failure.reason(), failure.stack()));
                            reload.bootFailed(failure.slot(), worker, failure.reason(), now);
                        });
    }
}
