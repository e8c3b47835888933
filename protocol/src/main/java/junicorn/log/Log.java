package junicorn.log;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.System.Logger.Level;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;

/// The one switch of the log: from which level on it speaks. Process-wide.
public final class Log {
    /// Gunicorn's names, from the most to the least talkative.
    public static final List<String> LEVELS =
            List.of("debug", "info", "warning", "error", "critical");

    /// Lines that are kept of each end of a stack that is longer than both.
    private static final int STACK_PART = 150;

    private static volatile int threshold = Level.INFO.getSeverity();

    private static volatile Consumer<String> listener = _ -> {};

    private Log() {}

    /// Hands each record to somebody else, too, until the next call.
    public static void tell(Consumer<String> newListener) {
        listener = newListener;
    }

    static void told(String record) {
        listener.accept(record);
    }

    /// Sets the level for all loggers of this process.
    ///
    /// @param name one of [#LEVELS]; `critical` silences all, for we log nothing above ERROR
    public static void level(String name) {
        threshold =
                switch (name) {
                    case "debug" -> Level.DEBUG.getSeverity();
                    case "info" -> Level.INFO.getSeverity();
                    case "warning" -> Level.WARNING.getSeverity();
                    case "error" -> Level.ERROR.getSeverity();
                    case "critical" -> Level.OFF.getSeverity();
                    default ->
                            throw new IllegalArgumentException(
                                    "log level must be one of " + LEVELS + ", was '" + name + "'");
                };
    }

    /// An exception with its causes, as the JDK prints them, without a line break at the end; of a
    /// very long one, a StackOverflowError say, the beginning and the end.
    public static String stack(Throwable thrown) {
        var text = new StringWriter();
        thrown.printStackTrace(new PrintWriter(text));
        var lines = text.toString().stripTrailing().split("\n");
        var left = lines.length - 2 * STACK_PART;
        if (left <= 1) {
            return String.join("\n", lines);
        }
        return "%s\n\t... %d lines left out\n%s"
                .formatted(
                        String.join("\n", Arrays.copyOf(lines, STACK_PART)),
                        left,
                        String.join(
                                "\n",
                                Arrays.copyOfRange(
                                        lines, lines.length - STACK_PART, lines.length)));
    }

    static boolean speaks(Level level) {
        return level != Level.OFF && level.getSeverity() >= threshold;
    }
}
