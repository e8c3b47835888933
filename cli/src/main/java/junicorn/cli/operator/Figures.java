package junicorn.cli.operator;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import junicorn.master.control.Json;
import junicorn.master.settings.Words;

/// Figures of a server's answer as people read them.
final class Figures {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT);

    private Figures() {}

    /// `3m12s`
    static String time(long millis) {
        return Words.of(Duration.ofMillis(millis));
    }

    /// `0.3s`, `12.3s`, `3m12s`: for what runs now, where tenths matter.
    static String age(long millis) {
        return millis < 60_000
                ? String.format(Locale.ROOT, "%.1fs", millis / 1000.0)
                : Words.of(Duration.ofMillis(millis));
    }

    /// In local time.
    static String moment(long epochMillis) {
        return TIME.format(Instant.ofEpochMilli(epochMillis).atZone(ZoneId.systemDefault()));
    }

    /// `1,234`
    static String count(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    /// `1 worker`, `2 workers`
    static String count(long number, String what) {
        return count(number) + " " + what + (number == 1 ? "" : "s");
    }

    static String rate(double perSecond) {
        return String.format(Locale.ROOT, perSecond < 10 ? "%.1f" : "%,.0f", perSecond);
    }

    /// `38m`, as `-Xmx` has it; nothing for nothing.
    static String memory(long bytes) {
        return bytes == 0 ? "" : Words.mebibytes(bytes);
    }

    /// `38m of 96m`
    static String heap(Json heap) {
        return heap.number("maxBytes") == 0
                ? ""
                : memory(heap.number("usedBytes")) + " of " + memory(heap.number("maxBytes"));
    }
}
