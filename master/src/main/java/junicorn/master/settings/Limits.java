package junicorn.master.settings;

import java.time.Duration;
import junicorn.scaling.Scaling;

/// The times and numbers by which the `Supervisor` decides.
///
/// @param slots rows of the scoreboard
/// @param timeout of beats that stand still; zero = off
/// @param bootTimeout from the spawn of a worker until it is ready, less what it waited for a core
/// @param gracefulTimeout from the request to stop until KILL
/// @param startsAtOnce workers that may be on their way to ready at the same time
/// @param scaling how many workers there are to be, and at most
public record Limits(
        int workers,
        int slots,
        Duration timeout,
        Duration bootTimeout,
        Duration gracefulTimeout,
        int startsAtOnce,
        Scaling scaling,
        Renewal renewal) {
    /// The loop looks at the scoreboard at least this often.
    public static final Duration PATROL = Duration.ofSeconds(1);

    /// Between the request for a thread dump and KILL, and from INT to KILL.
    public static final Duration QUICK = Duration.ofSeconds(2);

    /// A worker that reported a failed start exits by itself, or is killed after this.
    public static final Duration EXIT = Duration.ofSeconds(5);

    /// A start that has wanted no core for so long waits for something else, and holds up no other.
    public static final Duration IDLE = Duration.ofSeconds(3);

    /// While nobody serves, a slot rests no longer, see `Gap`.
    public static final Duration GAP = Duration.ofSeconds(2);

    /// A worker that served this long is replaced at once, however it died.
    public static final Duration PROVEN = Duration.ofSeconds(10);

    /// After a standby was needed, before the next is started: until then the cores belong to those
    /// who serve.
    public static final Duration BREATH = Duration.ofSeconds(1);

    /// How often all workers are weighed, where that is asked for: it costs milliseconds each.
    public static final Duration WEIGHING = Duration.ofSeconds(5);

    /// No client waited for this long: then those who were on their way have arrived.
    public static final Duration QUIET = Duration.ofMillis(250);

    /// How often the accept queues are looked at while the server settles.
    public static final Duration QUIET_LOOK = Duration.ofMillis(25);

    public Limits {
        if (workers < 1 || workers > slots / 2) {
            throw new IllegalArgumentException(
                    "workers must be from 1 to %d until the next start, was %d"
                            .formatted(slots / 2, workers));
        }
        if (startsAtOnce < 1) {
            throw new IllegalArgumentException(
                    "startsAtOnce must be at least 1, was " + startsAtOnce);
        }
    }

    /// With a fixed number of workers, replaced as usual.
    public Limits(
            int workers,
            int slots,
            Duration timeout,
            Duration bootTimeout,
            Duration gracefulTimeout,
            int startsAtOnce) {
        this(
                workers,
                slots,
                timeout,
                bootTimeout,
                gracefulTimeout,
                startsAtOnce,
                Scaling.fixed(slots / 2),
                Renewal.USUAL);
    }

    /// TTIN stops there: as many workers that retire must have room on the scoreboard.
    public int workersMax() {
        return Math.min(slots / 2, scaling.workersMax());
    }
}
