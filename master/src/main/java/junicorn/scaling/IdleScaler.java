package junicorn.scaling;

import java.time.Duration;

/// Keeps some workers free, as Apache does it: one fewer a second while more are free than
/// `max-spare`; while fewer are free than `min-spare`, one more, then two more, four, up to
/// [#RATE_MAX] a second, so that a rush is met soon and a single request starts no crowd.
final class IdleScaler implements Scaler {
    static final int RATE_MAX = 32;

    private final Scaling.Rule.Idle rule;
    private int rate = 1;

    IdleScaler(Scaling.Rule.Idle rule) {
        this.rule = rule;
    }

    @Override
    public int wanted(Load load, int wanted, Duration now) {
        var idle = load.idle();
        if (idle < rule.minSpare()) {
            var more = rate;
            rate = Math.min(RATE_MAX, 2 * rate);
            return wanted + more;
        }
        rate = 1;
        return idle > rule.maxSpare() ? wanted - 1 : wanted;
    }
}
