package junicorn.log;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.function.Consumer;

/// The one switch of the log: from which level on it speaks. Process-wide.
public final class Log {
    /// Gunicorn's names, from the most to the least talkative.
    public static final List<String> LEVELS =
            List.of("debug", "info", "warning", "error", "critical");

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

    /// An exception with its causes, as the JDK prints them, without a line break at the end.
    public static String stack(Throwable thrown) {
        var text = new StringWriter();
        thrown.printStackTrace(new PrintWriter(text));
        return text.toString().stripTrailing();
    }

    static boolean speaks(Level level) {
        return level != Level.OFF && level.getSeverity() >= threshold;
    }
}
