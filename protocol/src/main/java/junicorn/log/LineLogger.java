package junicorn.log;

import java.text.MessageFormat;
import java.util.ResourceBundle;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Turns a log call into one line and hands it on if its level is wanted.
final class LineLogger implements System.Logger {
    private final String name;
    private final Level floor;
    private final Consumer<String> out;

    LineLogger(String name, Level floor, Consumer<String> out) {
        this.name = name;
        this.floor = floor;
        this.out = out;
    }

    @Override
    public String getName() {
        return name;
    }

    @Override
    public boolean isLoggable(Level level) {
        return level.getSeverity() >= floor.getSeverity() && Log.speaks(level);
    }

    @Override
    public void log(
            Level level,
            @Nullable ResourceBundle bundle,
            @Nullable String message,
            @Nullable Throwable thrown) {
        if (isLoggable(level)) {
            out.accept(
                    LogLine.format(
                            System.currentTimeMillis(),
                            level,
                            translated(bundle, message),
                            thrown));
        }
    }

    /// `MessageFormat` only where there are parameters: its braces and quotes need not be escaped
    /// otherwise, and it costs start-up time.
    @Override
    public void log(
            Level level,
            @Nullable ResourceBundle bundle,
            @Nullable String format,
            @Nullable Object @Nullable ... parameters) {
        if (isLoggable(level)) {
            var pattern = translated(bundle, format);
            var message =
                    parameters == null || parameters.length == 0
                            ? pattern
                            : MessageFormat.format(pattern, parameters);
            out.accept(LogLine.format(System.currentTimeMillis(), level, message, null));
        }
    }

    private static String translated(@Nullable ResourceBundle bundle, @Nullable String key) {
        if (key == null) {
            return "null";
        }
        return bundle != null && bundle.containsKey(key) ? bundle.getString(key) : key;
    }
}
