package junicorn.master.settings;

import java.time.Duration;

/// Numbers as an operator reads them.
public final class Words {
    private Words() {}

    /// `480ms`, `4s`, `3m12s`, `2h5m`, `3d4h`: two units at most.
    public static String of(Duration duration) {
        if (duration.toDays() > 0) {
            return two(duration.toDays(), "d", duration.toHoursPart(), "h");
        }
        if (duration.toHours() > 0) {
            return two(duration.toHours(), "h", duration.toMinutesPart(), "m");
        }
        if (duration.toMinutes() > 0) {
            return two(duration.toMinutes(), "m", duration.toSecondsPart(), "s");
        }
        if (duration.toMillis() >= 10_000 || duration.toMillisPart() == 0) {
            return duration.toSeconds() + "s";
        }
        return duration.toMillis() >= 1000
                ? duration.toSeconds() + "." + duration.toMillisPart() / 100 + "s"
                : duration.toMillis() + "ms";
    }

    /// `38m`, as `-Xmx` has it.
    public static String mebibytes(long bytes) {
        return ((bytes + (1 << 19)) >> 20) + "m";
    }

    /// `1st`, `2nd`, `3rd`, `4th`, `11th`.
    public static String ordinal(int number) {
        var teen = number % 100 / 10 == 1;
        return number
                + switch (teen ? 0 : number % 10) {
                    case 1 -> "st";
                    case 2 -> "nd";
                    case 3 -> "rd";
                    default -> "th";
                };
    }

    private static String two(long large, String largeUnit, int small, String smallUnit) {
        return large + largeUnit + (small == 0 ? "" : small + smallUnit);
    }
}
