package junicorn.master.decide;

import static java.lang.System.Logger.Level.DEBUG;
import static java.lang.System.Logger.Level.ERROR;
import static java.lang.System.Logger.Level.INFO;
import static java.lang.System.Logger.Level.WARNING;

import java.time.Duration;
import junicorn.master.loop.Orders;
import junicorn.master.settings.Limits;
import junicorn.master.settings.Words;
import junicorn.master.table.Current;
import junicorn.master.table.Phase;
import junicorn.master.table.Slots;
import junicorn.os.Signal;

/// How the server stops: whether it still serves, and what is done when it shall not any more.
final class Shutdown {
    private final Current current;
    private final Slots slots;
    private final Orders orders;
    private Phase phase = new Phase.Serving();
    private int exitCode;

    Shutdown(Current current, Slots slots, Orders orders) {
        this.current = current;
        this.slots = slots;
        this.orders = orders;
    }

    /// It has not begun.
    boolean isFar() {
        return phase instanceof Phase.Serving;
    }

    /// Clients that are on their way are waited for.
    boolean settles() {
        return phase instanceof Phase.Settling;
    }

    boolean isOver() {
        return phase instanceof Phase.Leaving && slots.workers().isEmpty();
    }

    int exitCode() {
        return exitCode;
    }

    /// Graceful: first no new clients, then, when the last of the old is accepted, no more workers.
    void settle(Duration now) {
        if (!isFar()) {
            return;
        }
        var grace = current.limits().gracefulTimeout();
        orders.say(
                INFO,
                "stopping signal=TERM: finishing open requests, for at most %s"
                        .formatted(Words.of(grace)));
        orders.refuseNew();
        slots.forgetResting();
        slots.workers()
                .forEach(
                        (slot, worker) -> {
                            if (!worker.isReady() || worker.isParked()) {
                                orders.retire(slot, worker, Signal.TERM, now.plus(grace));
                            }
                        });
        var last = grace.multipliedBy(9).dividedBy(10); // a tenth is left for the last requests
        phase = new Phase.Settling(now, now.plus(last), now.plus(grace));
    }

    /// The accept queues were looked at.
    void visit(boolean clientsWait, Duration now) {
        if (!(phase instanceof Phase.Settling settling)) {
            return;
        }
        if (now.compareTo(settling.until()) >= 0) {
            orders.say(WARNING, "clients still wait to be accepted, but time is up");
            leave(false, settling.killAt());
        } else if (clientsWait) {
            phase = new Phase.Settling(now, settling.until(), settling.killAt());
        } else if (now.minus(settling.quietSince()).compareTo(Limits.QUIET) >= 0) {
            leave(false, settling.killAt());
        }
    }

    /// Without anyone who serves there is nothing to wait for.
    void reconcile() {
        if (phase instanceof Phase.Settling(_, _, Duration killAt) && slots.serving() == 0) {
            leave(false, killAt);
        }
    }

    void leaveAtOnce(Duration now) {
        if (!(phase instanceof Phase.Leaving(boolean quick) && quick)) {
            orders.say(INFO, "stopping at once signal=INT");
            leave(true, now.plus(Limits.QUICK));
        }
    }

    /// There is no hope for any worker.
    void giveUp(String cause, Duration now) {
        orders.say(ERROR, "giving up, no worker has become ready: " + cause);
        exitCode = 1;
        leave(true, now.plus(Limits.QUICK));
    }

    private void leave(boolean quick, Duration killAt) {
        slots.forgetResting();
        slots.workers()
                .forEach(
                        (slot, worker) -> {
                            if (quick || !worker.isRetiring()) {
                                orders.retire(
                                        slot, worker, quick ? Signal.INT : Signal.TERM, killAt);
                            }
                        });
        if (!(phase instanceof Phase.Leaving)) {
            orders.closeListeners();
        }
        phase = new Phase.Leaving(quick);
        orders.say(DEBUG, "asked %d workers to stop".formatted(slots.workers().size()));
    }
}
