package junicorn.master.settings;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// How this process was started, so that it can be done again.
///
/// @param command empty where nobody said: then there is no upgrade
/// @param words the arguments, as they were
/// @param directory where it was started, by the name it had then: that may be a link which leads
///     to the next release by now
/// @param serves is told once that a worker is ready
public record Invocation(
        Optional<Path> command,
        List<String> words,
        Path directory,
        Map<String, String> environment,
        Runnable serves) {
    /// The variable by which an old master tells the new one what it inherits.
    public static final String UPGRADE = "JUNICORN_UPGRADE";

    /// The variable by which a master in the background learns whom to report to.
    public static final String BACKGROUND = "JUNICORN_DAEMON";

    /// Of a master that is not a process of its own: no upgrade, no service manager.
    public static final Invocation UNKNOWN =
            new Invocation(Optional.empty(), List.of(), Path.of(""), Map.of(), () -> {});

    public Invocation {
        words = List.copyOf(words);
        environment = Map.copyOf(environment);
    }

    /// Of this process.
    public static Invocation of(
            Optional<Path> command, List<String> words, Map<String, String> environment) {
        var here = Path.of("").toAbsolutePath();
        return new Invocation(command, words, named(here, environment), environment, () -> {});
    }

    public Invocation telling(Runnable whenItServes) {
        return new Invocation(command, words, directory, environment, whenItServes);
    }

    /// `PWD` if it is the same directory: a shell keeps the links in it.
    private static Path named(Path here, Map<String, String> environment) {
        var pwd = environment.getOrDefault("PWD", "");
        try {
            return pwd.startsWith("/") && Files.isSameFile(Path.of(pwd), here)
                    ? Path.of(pwd)
                    : here;
        } catch (IOException | IllegalArgumentException _) { // it is gone, or no path
            return here;
        }
    }
}
