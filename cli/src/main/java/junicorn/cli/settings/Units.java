package junicorn.cli.settings;

import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/// Durations and sizes as people write them: `30`, `30s`, `500ms`, `2m`; `4094`, `64k`, `1m`, `2g`.
public final class Units {
    private static final Pattern NUMBER = Pattern.compile("(\\d{1,9})([a-zA-Z]*)");
    private static final Map<String, Duration> TIMES =
            Map.of(
                    "ms", Duration.ofMillis(1),
                    "", Duration.ofSeconds(1),
                    "s", Duration.ofSeconds(1),
                    "m", Duration.ofMinutes(1),
                    "h", Duration.ofHours(1));
    private static final Map<String, Long> SIZES =
            Map.of("", 1L, "b", 1L, "k", 1L << 10, "m", 1L << 20, "g", 1L << 30);

    private Units() {}

    static Duration duration(String text) {
        var number = NUMBER.matcher(text);
        if (number.matches() && TIMES.containsKey(number.group(2))) {
            return TIMES.getOrDefault(number.group(2), Duration.ZERO)
                    .multipliedBy(Long.parseLong(number.group(1)));
        }
        throw new Misuse("must be a time like 30, 30s, 500ms or 2m, was '%s'".formatted(text));
    }

    public static long bytes(String text) {
        var number = NUMBER.matcher(text);
        if (number.matches()) {
            var unit = SIZES.get(number.group(2).toLowerCase(Locale.ROOT));
            if (unit != null) {
                return Long.parseLong(number.group(1)) * unit;
            }
        }
        throw new Misuse("must be a size like 4096, 64k or 1m, was '%s'".formatted(text));
    }

    public static String show(Duration time) {
        if (time.toMillisPart() != 0) {
            return time.toMillis() + "ms";
        }
        if (time.toSeconds() >= 120 && time.toSecondsPart() == 0) {
            return time.toMinutes() + "m";
        }
        return time.toSeconds() + "s";
    }

    /// In the largest unit that keeps it whole.
    public static String show(long bytes) {
        for (var unit : new String[] {"g", "m", "k"}) {
            long size = SIZES.getOrDefault(unit, 1L);
            if (bytes >= size && bytes % size == 0) {
                return bytes / size + unit;
            }
        }
        return Long.toString(bytes);
    }

    /// For a log line, where three digits are enough.
    public static String roughly(long bytes) {
        var gigabytes = bytes / (double) (1L << 30);
        return gigabytes >= 1
                ? "%.1fg".formatted(gigabytes).replace(".0g", "g")
                : (bytes >> 20) + "m";
    }
}
