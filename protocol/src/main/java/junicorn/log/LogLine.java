package junicorn.log;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.TimeZone;
import org.jspecify.annotations.Nullable;

/// The text of one log record: `[2026-11-21 07:30:00.123 +0000] [4711] [INFO] message`, local time.
///
/// Written by hand: a formatter of the JDK would cost a JVM's start more than all the rest of the
/// log. A record cannot be forged from inside a message: its further lines are indented, and
/// control characters are escaped.
final class LogLine {
    private static final String INDENT = "\n    ";
    private static final long DAY_MILLIS = 86_400_000L;
    private static final String PID = pid();

    private LogLine() {}

    static String format(
            long epochMillis, Level level, String message, @Nullable Throwable thrown) {
        var text = new StringBuilder(80 + message.length());
        var offset = TimeZone.getDefault().getOffset(epochMillis);
        time(epochMillis + offset, text.append('['));
        offset(offset / 60_000, text.append(' '));
        text.append("] [").append(PID).append("] [").append(level.getName()).append("] ");
        append(message, text);
        if (thrown != null) {
            append(Log.stack(thrown), text.append(INDENT));
        }
        return text.append('\n').toString();
    }

    /// Days to year, month and day: H. Hinnant, "chrono-compatible low-level date algorithms",
    /// civil_from_days. Years begin in March there, so that the leap day is a year's last.
    private static void time(long localMillis, StringBuilder text) {
        var days = Math.floorDiv(localMillis, DAY_MILLIS) + 719_468;
        var era = Math.floorDiv(days, 146_097L);
        var dayOfEra = days - era * 146_097;
        var yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365;
        var dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100);
        var march = (5 * dayOfYear + 2) / 153;
        var month = march < 10 ? march + 3 : march - 9;
        var year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0);
        digits(year, 4, text);
        digits(month, 2, text.append('-'));
        digits(dayOfYear - (153 * march + 2) / 5 + 1, 2, text.append('-'));
        var millis = Math.floorMod(localMillis, DAY_MILLIS);
        digits(millis / 3_600_000, 2, text.append(' '));
        digits(millis / 60_000 % 60, 2, text.append(':'));
        digits(millis / 1000 % 60, 2, text.append(':'));
        digits(millis % 1000, 3, text.append('.'));
    }

    private static void offset(int minutes, StringBuilder text) {
        text.append(minutes < 0 ? '-' : '+');
        digits(Math.abs(minutes) / 60, 2, text);
        digits(Math.abs(minutes) % 60, 2, text);
    }

    private static void digits(long number, int width, StringBuilder text) {
        var digits = Long.toString(number);
        text.repeat('0', Math.max(0, width - digits.length())).append(digits);
    }

    private static void append(String message, StringBuilder text) {
        for (int i = 0; i < message.length(); i++) {
            var c = message.charAt(i);
            if (c == '\n') {
                text.append(INDENT);
            } else if ((c < ' ' && c != '\t') || c == 0x7f) {
                text.append("\\x").append(Character.forDigit(c >> 4, 16));
                text.append(Character.forDigit(c & 15, 16));
            } else {
                text.append(c);
            }
        }
    }

    /// Not by [ProcessHandle]: its class starts machinery that the log does not need.
    private static String pid() {
        try {
            return Files.readSymbolicLink(Path.of("/proc/self")).toString();
        } catch (IOException | UnsupportedOperationException _) {
            return Long.toString(ProcessHandle.current().pid());
        }
    }
}
