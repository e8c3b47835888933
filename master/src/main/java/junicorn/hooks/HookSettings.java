package junicorn.hooks;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/// What is hooked on.
///
/// @param classPath where Java hooks are looked for; empty = none
/// @param timeout of one hook at one moment
public record HookSettings(List<Command> commands, List<Path> classPath, Duration timeout) {
    /// None at all.
    public static final HookSettings NONE =
            new HookSettings(List.of(), List.of(), Duration.ofSeconds(10));

    /// @param moment one of [Moment#NAMES]
    /// @param line for the shell
    public record Command(String moment, String line) {
        public Command {
            if (!Moment.NAMES.contains(moment)) {
                throw new IllegalArgumentException("no such moment: " + moment);
            }
            if (line.isBlank()) {
                throw new IllegalArgumentException("an empty command at " + moment);
            }
        }

        @Override
        public String toString() {
            return moment + "=" + line;
        }
    }

    public HookSettings {
        commands = List.copyOf(commands);
        classPath = List.copyOf(classPath);
        if (!timeout.isPositive()) {
            throw new IllegalArgumentException("a hook needs some time, was " + timeout);
        }
    }

    /// `10s`, `500ms`
    static String words(Duration time) {
        return time.toMillisPart() == 0 ? time.toSeconds() + "s" : time.toMillis() + "ms";
    }

    boolean isEmpty() {
        return commands.isEmpty() && classPath.isEmpty();
    }
}
