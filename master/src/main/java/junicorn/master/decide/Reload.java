package junicorn.master.decide;

import static java.lang.System.Logger.Level.ERROR;
import static java.lang.System.Logger.Level.INFO;

import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Collectors;
import junicorn.master.loop.Event;
import junicorn.master.loop.Orders;
import junicorn.master.settings.Limits;
import junicorn.master.settings.MasterSettings;
import junicorn.master.settings.Words;
import junicorn.master.table.Causes;
import junicorn.master.table.Current;
import junicorn.master.table.Slots;
import junicorn.master.table.Worker;
import junicorn.os.Signal;

/// From one generation to the next. The configuration is read again, what it needs is opened, and
/// then the workers of older generations are outgoing: [Succession] does the rest. If a worker of
/// the new generation does not start, the old one stays current and its workers serve on.
///
/// A reload during a reload takes its place.
final class Reload {
    private final Current current;
    private final Wanted wanted;
    private final Slots slots;
    private final Causes causes;
    private final Orders orders;
    private final AddressRemoval removal;
    private long lastGeneration;
    private boolean reading;
    private boolean again;
    private Duration askedAt = Duration.ZERO;
    private Stage stage = new Stage.Done();

    private sealed interface Stage {
        record Done() implements Stage {}

        /// The workers of older generations are being replaced.
        ///
        /// @param proven where to go back to, with its limits and the number that was wanted then
        record Rolling(long proven, Limits limits, int wanted, Duration since) implements Stage {}

        /// All that serve are new; some of the old finish their last requests.
        record Draining(long old, Duration since) implements Stage {}
    }

    Reload(
            Current current,
            Wanted wanted,
            Slots slots,
            Causes causes,
            Orders orders,
            AddressRemoval removal) {
        this.current = current;
        this.wanted = wanted;
        this.slots = slots;
        this.causes = causes;
        this.orders = orders;
        this.removal = removal;
        lastGeneration = current.generation();
    }

    void ask(String who, Duration now) {
        orders.say(INFO, "reloading " + who);
        if (reading) {
            again = true; // what is being read may be old already
            return;
        }
        reading = true;
        askedAt = now;
        orders.readSettings();
    }

    void read(MasterSettings settings) {
        if (again) {
            again = false;
            orders.readSettings();
            return;
        }
        lastGeneration++;
        orders.prepare(lastGeneration, settings);
    }

    void refused(String reason) {
        if (again) {
            again = false;
            orders.readSettings();
            return;
        }
        reading = false;
        var words = "reload refused, nothing changed: " + reason;
        orders.reloadEnded(false, false, words);
        orders.say(ERROR, words);
    }

    /// Asked for, and not yet at its end.
    boolean isUnderWay() {
        return reading || stage instanceof Stage.Rolling;
    }

    /// The server stops.
    void giveUp() {
        if (reading) {
            orders.reloadEnded(false, false, "the server stops");
        }
        switch (stage) {
            case Stage.Rolling _ -> orders.reloadEnded(true, false, "the server stops");
            case Stage.Draining _ -> live();
            case Stage.Done _ -> {}
        }
        reading = false;
        again = false;
        stage = new Stage.Done();
        removal.end();
    }

    void prepared(Event.GenerationPrepared prepared, Duration now) {
        var generation = prepared.generation();
        var limits = prepared.limits();
        reading = false;
        removal.begins(prepared.leaves());
        var rolling = rolling();
        stage = rolling;
        orders.reloadBegun();
        var configured = current.limits().workers();
        current.become(generation, limits);
        causes.forget();
        slots.forgetResting();
        if (limits.workers() != configured) {
            wanted.become(limits.workers());
        }
        orders.say(
                INFO,
                "generation %d starts workers=%d, generation %d serves until they are ready"
                        .formatted(generation, wanted.number(), rolling.proven()));
        slots.workers().forEach((slot, worker) -> supersede(slot, worker, now));
    }

    /// From the last generation that was live, whatever is under way.
    private Stage.Rolling rolling() {
        var number = current.generation();
        return switch (stage) {
            case Stage.Rolling(long proven, Limits limits, int before, _) -> {
                var words = "generation %d is superseded by another reload".formatted(number);
                orders.reloadEnded(true, false, words);
                orders.say(INFO, words);
                yield new Stage.Rolling(proven, limits, before, askedAt);
            }
            case Stage.Draining _ -> {
                live();
                yield new Stage.Rolling(number, current.limits(), wanted.least(), askedAt);
            }
            case Stage.Done _ ->
                    new Stage.Rolling(number, current.limits(), wanted.least(), askedAt);
        };
    }

    /// All that serve are new; the end of the old is not waited for.
    private void live() {
        var words = "generation %d is live".formatted(current.generation());
        orders.reloadEnded(true, true, words);
    }

    private void supersede(int slot, Worker worker, Duration now) {
        if (worker.isOf(current.generation()) || worker.isRetiring() || worker.isParked()) {
            return; // standbys have time until all is done
        }
        if (worker.isReady() || worker.isCondemned()) {
            worker.stale();
        } else {
            retire(slot, worker, now);
        }
    }

    /// A worker said why it cannot start.
    void bootFailed(int slot, Worker worker, String reason, Duration now) {
        if (concerns(worker)) {
            fail("worker %d did not start: %s".formatted(slot, reason), now);
        }
    }

    /// Whether the death of this worker, or that it could not be spawned, speaks against its
    /// generation.
    ///
    /// @param killed by KILL, for which no code can be blamed
    boolean failsWith(Worker worker, boolean killed, Duration now) {
        var early = worker.served(now).compareTo(Limits.PROVEN) < 0;
        return concerns(worker) && (!worker.isReady() || (early && !killed));
    }

    private boolean concerns(Worker worker) {
        return stage instanceof Stage.Rolling
                && worker.isOf(current.generation())
                && !worker.isParked()
                && !worker.isRetiring();
    }

    /// Back to the generation before. Workers of the new one that serve already are not stopped:
    /// they have taken the place of others.
    void fail(String cause, Duration now) {
        if (!(stage instanceof Stage.Rolling rolling)) {
            return;
        }
        removal.begins(false);
        var failed = current.generation();
        var changed = current.limits().workers() != rolling.limits().workers();
        if (changed && wanted.least() == current.limits().workers()) {
            wanted.become(rolling.wanted());
        }
        stage = new Stage.Done();
        current.become(rolling.proven(), rolling.limits());
        slots.workers()
                .forEach(
                        (slot, worker) -> {
                            worker.stay();
                            if (worker.isOf(failed) && !worker.isReady() && !worker.isRetiring()) {
                                retire(slot, worker, now);
                            }
                        });
        var mixed =
                slots.workers().entrySet().stream()
                        .filter(it -> it.getValue().isOf(failed) && it.getValue().isServing())
                        .map(it -> "worker " + it.getKey())
                        .collect(Collectors.joining(", "));
        ended(
                false,
                "reload failed, generation %d keeps serving%s: %s"
                        .formatted(
                                rolling.proven(),
                                mixed.isEmpty()
                                        ? ""
                                        : " beside %s of generation %d".formatted(mixed, failed),
                                cause));
    }

    /// Whether it has come to its end.
    void reconcile(Duration now) {
        if (stage instanceof Stage.Rolling(long proven, _, _, Duration since) && isLive()) {
            stage = new Stage.Draining(proven, since);
            var old = slots.otherThan(current.generation());
            if (old > 0) {
                orders.say(
                        INFO,
                        "generation %d is live after %s, generation %d drains workers=%d"
                                .formatted(
                                        current.generation(),
                                        Words.of(now.minus(since)),
                                        proven,
                                        old));
            }
        }
        if (stage instanceof Stage.Draining(long old, Duration since)
                && slots.otherThan(current.generation()) == 0) {
            stage = new Stage.Done();
            ended(
                    true,
                    "generation %d is live; generation %d fully drained in %s"
                            .formatted(current.generation(), old, Words.of(now.minus(since))));
        }
    }

    private boolean isLive() {
        return slots.workers().values().stream().noneMatch(Worker::isStale)
                && slots.ready() >= wanted.number();
    }

    /// Old workers are being replaced: no time for standbys.
    boolean isRolling() {
        return stage instanceof Stage.Rolling;
    }

    /// Besides the current one and those of workers: those that may be needed again, or first.
    Set<Long> spare() {
        var spare = new HashSet<>(removal.generations());
        if (reading) {
            spare.add(lastGeneration);
        }
        if (stage instanceof Stage.Rolling rolling) {
            spare.add(rolling.proven());
        }
        return spare;
    }

    private void ended(boolean succeeded, String words) {
        orders.reloadEnded(true, succeeded, words); // who waits is not told twice
        orders.say(succeeded ? INFO : ERROR, words);
    }

    private void retire(int slot, Worker worker, Duration now) {
        if (worker.isCondemned()) {
            worker.retire(now.plus(current.limits().gracefulTimeout())); // it goes by itself
        } else {
            orders.retire(slot, worker, Signal.TERM, now.plus(current.limits().gracefulTimeout()));
        }
    }
}
