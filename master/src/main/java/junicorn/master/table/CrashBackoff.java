package junicorn.master.table;

import java.time.Duration;
import junicorn.master.settings.Limits;
import junicorn.master.settings.Words;

/// How often in a row the workers of one slot died early, and how long the slot rests therefore:
/// not at all at first if the worker had been serving, then 1 s, doubled from death to death.
///
/// @param deaths in a row
/// @param pauses of them, those after which the slot rested
public record CrashBackoff(int deaths, int pauses, Duration rest) {
    static final Duration REST_MAX = Duration.ofSeconds(30);
    public static final CrashBackoff NONE = new CrashBackoff(0, 0, Duration.ZERO);

    CrashBackoff another(boolean wasReady) {
        if (deaths == 0 && wasReady) {
            return new CrashBackoff(1, 0, Duration.ZERO);
        }
        var seconds = Math.min(REST_MAX.toSeconds(), 1L << Math.min(pauses, 30));
        return new CrashBackoff(deaths + 1, pauses + 1, Duration.ofSeconds(seconds));
    }

    /// After the death of a worker of the slot: it served long enough, or it did not.
    public static CrashBackoff after(Worker dead, Duration now) {
        return isProven(dead, now) ? NONE : dead.backoff().another(dead.isReady());
    }

    /// The same where somebody else killed it: that is no early death.
    public static CrashBackoff afterAnothersKill(Worker dead, Duration now) {
        var before = dead.backoff();
        return isProven(dead, now)
                ? NONE
                : new CrashBackoff(before.deaths(), before.pauses(), Duration.ZERO);
    }

    private static boolean isProven(Worker dead, Duration now) {
        return dead.served(now).compareTo(Limits.PROVEN) >= 0;
    }

    /// For a log line: `restarting in 4s (3rd early death)`.
    ///
    /// @param pause how long the slot rests: as long as it should, or less
    public String words(Duration pause) {
        if (pause.isZero()) {
            return "restarting";
        }
        return "restarting in %s (%s early death)"
                .formatted(Words.of(pause), Words.ordinal(deaths));
    }
}
