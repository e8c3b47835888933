package junicorn.master.decide;

import static java.lang.System.Logger.Level.WARNING;

import java.time.Duration;
import java.util.Optional;
import junicorn.master.loop.Event;
import junicorn.master.loop.Orders;
import junicorn.master.settings.Limits;
import junicorn.master.table.Current;
import junicorn.master.table.Pulse;
import junicorn.master.table.Slots;
import junicorn.scaling.Load;
import junicorn.scaling.Scaler;
import junicorn.scaling.Scaling;

/// Has the number of workers follow the load, where the settings say so: looks how busy they are,
/// asks the [Scaler], and grants of its wish what the machine can carry. Workers that start take a
/// core each, and every worker is expected to take as much memory as the largest one does.
final class AutoScale {
    /// A scaler is asked so often.
    private static final Duration ASKED = Duration.ofSeconds(1);

    /// Between two looks at the workers: most requests are short, and one look a second would tell
    /// little.
    private static final Duration LOOK = Duration.ofMillis(100);

    /// Between two lines that say the same; the counter knows each time.
    private static final Duration TOLD = Duration.ofMinutes(1);

    private static final int NONE = 0;

    private final Current current;
    private final Wanted wanted;
    private final Slots slots;
    private final Orders orders;
    private final Saturation saturation = new Saturation();
    private Scaling scaling = Scaling.fixed(1);
    private Optional<Scaler> scaler = Optional.empty();
    private double busy;
    private int looks;
    private int wish = NONE;
    private Load load = new Load(0, 0, 0, 0);
    private Duration askedAt = Duration.ZERO;
    private Optional<Duration> shortAt = Optional.empty();

    AutoScale(Current current, Wanted wanted, Slots slots, Orders orders) {
        this.current = current;
        this.wanted = wanted;
        this.slots = slots;
        this.orders = orders;
    }

    /// Time passed: looks, and asks when it is time.
    void visit(Event.TimerFired timer, Duration now) {
        heed(current.limits().scaling());
        if (scaler.isEmpty()) {
            return;
        }
        busy += busy(timer);
        looks++;
        var since = now.minus(askedAt);
        if (since.compareTo(ASKED) < 0) {
            return;
        }
        grantUnweighed();
        var ready = slots.serving();
        load = new Load(ready, Math.max(0, wanted.number() - ready), busy / looks, timer.waiting());
        busy = 0;
        looks = 0;
        askedAt = now;
        answer(scaler.get().wanted(load, wanted.number(), now), since, now);
    }

    /// No answer came: then memory is no reason against it.
    private void grantUnweighed() {
        if (wish > wanted.number()) {
            wanted.follow(wish, words());
        }
    }

    /// A reload may bring another rule; the same one goes on with what it has seen.
    private void heed(Scaling newest) {
        if (!newest.equals(scaling)) {
            scaling = newest;
            scaler = newest.scaler();
        }
    }

    /// In workers: each counts as one at most.
    private double busy(Event.TimerFired timer) {
        return slots.workers().entrySet().stream()
                .filter(entry -> entry.getValue().isServing())
                .map(entry -> timer.pulses().getOrDefault(entry.getKey(), Pulse.NONE))
                .mapToDouble(pulse -> Math.min(1.0, (double) pulse.busy() / scaling.fullAt()))
                .sum();
    }

    private void answer(int number, Duration since, Duration now) {
        var before = wanted.number();
        var most = scaling.workersMax();
        var saturated = number > before && before >= most;
        if (saturation.notes(saturated, since) && saturation.isToBeTold(now, TOLD)) {
            orders.say(
                    WARNING,
                    "reached --max-workers %d, the load calls for more%s times=%d"
                            .formatted(most, words(), saturation.times()));
        }
        wish = NONE;
        if (number < before) {
            wanted.follow(number, words());
        } else if (number > before && !saturated) {
            var cores = Math.max(0, current.limits().startsAtOnce() - load.starting());
            var more = Math.min(number - before, Math.min(cores, most - before));
            if (more > 0) {
                wish = before + more;
                orders.weigh();
            }
        }
    }

    /// The wish that is open is granted as far as there is memory for it.
    void weighed(Event.Weighed weights, Duration now) {
        var before = wanted.number();
        if (wish <= before || scaler.isEmpty()) {
            return;
        }
        var largest = weights.pssBytes().values().stream().mapToLong(it -> it).max().orElse(0);
        var room = largest == 0 ? 1 : weights.availableBytes() / largest;
        var more = (int) Math.min(wish - before, room);
        wish = NONE;
        if (more > 0) {
            wanted.follow(before + more, words());
        } else if (shortAt.isEmpty() || now.minus(shortAt.get()).compareTo(TOLD) >= 0) {
            shortAt = Optional.of(now);
            orders.say(
                    WARNING,
                    "the load calls for more workers, but memory is short available=%dm largest=%dm%s"
                            .formatted(weights.availableBytes() >> 20, largest >> 20, words()));
        }
    }

    private String words() {
        return " busy=%.1f ready=%d starting=%d waiting=%d"
                .formatted(load.busy(), load.ready(), load.starting(), load.waiting());
    }

    /// When to look again.
    Duration patience() {
        return scaler.isPresent() ? LOOK : Limits.PATROL;
    }

    /// How it stands.
    ScaleView view() {
        return new ScaleView(
                scaling.name(),
                wanted.least(),
                wanted.number(),
                current.limits().workersMax(),
                load,
                saturation.times(),
                saturation.time());
    }
}
