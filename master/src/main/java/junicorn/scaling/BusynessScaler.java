package junicorn.scaling;

import java.time.Duration;

/// Keeps the workers busy, but not too busy, as uWSGI does it: their busyness is averaged over a
/// window. Above `max` one more is wanted; below `min` for `calm` windows one fewer.
///
/// A load that goes up and down would have workers come and go with it. So each time that a worker
/// is wanted soon after one went, it takes [#PENALTY] windows longer until the next one goes; and
/// one window less each time that it is wanted without that.
///
/// Clients that wait to be accepted are an emergency, which no window holds up.
final class BusynessScaler implements Scaler {
    static final int PENALTY = 2;

    /// Windows neither busy nor calm, after which the calm ones before them count no more.
    static final int MIXED_MAX = 3;

    /// Calm windows, until one goes who came in an emergency.
    static final int CALM_AFTER_EMERGENCY = 3;

    /// Few clients that wait are an emergency, too, when it is always some.
    static final Duration QUEUE_MAX = Duration.ofSeconds(60);

    private final Scaling.Rule.Busyness rule;
    private Duration windowFrom = Duration.ZERO;
    private Duration emptyAt = Duration.ZERO;
    private double sum;
    private int looks;
    private long windows;
    private long shrunkAt;
    private boolean shrunk;
    private int calmNeeded;
    private int calm;
    private int mixed;
    private int helpers;
    private int wantedBefore;

    BusynessScaler(Scaling.Rule.Busyness rule) {
        this.rule = rule;
        this.calmNeeded = rule.calm();
    }

    @Override
    public int wanted(Load load, int wanted, Duration now) {
        learn(wanted);
        sum += load.busyness();
        looks++;
        if (isEmergency(load, now)) {
            helpers++;
            calm = 0;
            return wanted + 1;
        }
        if (now.minus(windowFrom).compareTo(rule.window()) < 0) {
            return wanted;
        }
        var percent = 100 * sum / looks;
        windowFrom = now;
        sum = 0;
        looks = 0;
        windows++;
        wantedBefore = wanted;
        return wanted + change(percent);
    }

    /// What was asked for is not always done: there is a least and a most.
    private void learn(int wanted) {
        shrunk &= windows != shrunkAt || wanted < wantedBefore;
        helpers = Math.min(helpers, wanted);
    }

    private boolean isEmergency(Load load, Duration now) {
        if (load.waiting() == 0) {
            emptyAt = now;
        }
        if (load.waiting() > rule.backlog()) {
            return true;
        }
        var always = now.minus(emptyAt).compareTo(QUEUE_MAX) > 0;
        if (always) {
            emptyAt = now;
        }
        return always;
    }

    private int change(double percent) {
        if (percent > rule.max()) {
            return more();
        }
        if (percent < rule.min()) {
            return fewer();
        }
        mixed++;
        if (mixed >= MIXED_MAX) {
            calm = 0;
        }
        return 0;
    }

    private int more() {
        var flaps = shrunk && windows - shrunkAt <= calmNeeded;
        calmNeeded = flaps ? calmNeeded + PENALTY : Math.max(rule.calm(), calmNeeded - 1);
        shrunk = false;
        calm = 0;
        mixed = 0;
        return 1;
    }

    private int fewer() {
        mixed = 0;
        calm++;
        if (calm < (helpers > 0 ? Math.min(CALM_AFTER_EMERGENCY, calmNeeded) : calmNeeded)) {
            return 0;
        }
        helpers = Math.max(0, helpers - 1);
        calm = 0;
        shrunk = true;
        shrunkAt = windows;
        return -1;
    }
}
