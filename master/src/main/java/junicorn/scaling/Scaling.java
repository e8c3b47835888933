package junicorn.scaling;

import java.time.Duration;
import java.util.Optional;

/// How the number of workers is found, and what bounds it.
///
/// @param workersMax the most that load may bring about
/// @param fullAt requests at once that take up a whole worker
public record Scaling(Rule rule, int workersMax, int fullAt) {
    /// What the load is measured by.
    public sealed interface Rule {
        /// The operator says how many.
        record Fixed() implements Rule {}

        /// So many workers are to be free: Apache's rule.
        record Idle(int minSpare, int maxSpare) implements Rule {
            public Idle {
                if (minSpare < 1 || maxSpare <= minSpare) {
                    throw new IllegalArgumentException(
                            "max-spare must be more than min-spare and that at least 1, were %d and %d"
                                    .formatted(maxSpare, minSpare));
                }
            }
        }

        /// So much of the workers' time is to be taken up: uWSGI's rule.
        ///
        /// @param min percent: a worker goes when there was less for long
        /// @param max percent: a worker comes when there was more in one window
        /// @param calm windows below `min` before a worker goes
        /// @param backlog more connections than this waiting to be accepted are an emergency
        record Busyness(int min, int max, Duration window, int calm, int backlog) implements Rule {
            public Busyness {
                if (min < 0 || max <= min || max > 100) {
                    throw new IllegalArgumentException(
                            "busyness must be 0 <= min < max <= 100, was %d and %d"
                                    .formatted(min, max));
                }
                if (!window.isPositive() || calm < 1 || backlog < 0) {
                    throw new IllegalArgumentException(
                            "no such window: %s, calm %d, backlog %d"
                                    .formatted(window, calm, backlog));
                }
            }
        }
    }

    public Scaling {
        if (workersMax < 1 || fullAt < 1) {
            throw new IllegalArgumentException(
                    "workersMax and fullAt must be at least 1, were %d and %d"
                            .formatted(workersMax, fullAt));
        }
    }

    /// None: the number is the operator's.
    public static Scaling fixed(int workersMax) {
        return new Scaling(new Rule.Fixed(), workersMax, 1);
    }

    public boolean isFixed() {
        return rule instanceof Rule.Fixed;
    }

    /// A new one, which has seen nothing yet.
    public Optional<Scaler> scaler() {
        return switch (rule) {
            case Rule.Fixed() -> Optional.empty();
            case Rule.Idle idle -> Optional.of(new IdleScaler(idle));
            case Rule.Busyness busyness -> Optional.of(new BusynessScaler(busyness));
        };
    }

    /// For log and status: `fixed`, `idle` or `busyness`.
    public String name() {
        return switch (rule) {
            case Rule.Fixed _ -> "fixed";
            case Rule.Idle _ -> "idle";
            case Rule.Busyness _ -> "busyness";
        };
    }
}
