package junicorn.cli.plan;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.module.ModuleDescriptor;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import junicorn.cli.settings.Misuse;
import junicorn.master.settings.Invocation;

/// Where this command was unpacked, and what of it a worker needs.
///
/// @param home the folder that has `bin` and `lib`
public record Distribution(Path home) {
    private static final Pattern WORKER_MODULE = Pattern.compile("junicorn-(os|protocol)-.*");

    /// `bin/junicorn` says where it lies.
    static Distribution here() {
        var home = System.getProperty("junicorn.home");
        if (home == null) {
            throw new Misuse("start it with bin/junicorn, which says where it lies");
        }
        return new Distribution(Path.of(home));
    }

    /// As the compiler wrote it into the module; classes outside a module have none.
    public static String version() {
        return Optional.ofNullable(Distribution.class.getModule().getDescriptor())
                .flatMap(ModuleDescriptor::rawVersion)
                .orElse("(unpacked classes)");
    }

    /// The Java that runs this is the workers' too.
    public static Path javaHome() {
        return Path.of(System.getProperty("java.home"));
    }

    /// How this command was called. `bin/junicorn` names itself by the way it was called, links and
    /// all: where they lead to may be another version by the time of an upgrade.
    public static Invocation invocation(String[] words, Map<String, String> environment) {
        var command = Optional.ofNullable(System.getProperty("junicorn.command")).map(Path::of);
        return Invocation.of(command, List.of(words), environment);
    }

    /// The modules that a worker shares with the master; those of the command are none of its own.
    List<Path> workerModules() {
        return jars("lib/modules").stream()
                .filter(jar -> WORKER_MODULE.matcher(String.valueOf(jar.getFileName())).matches())
                .toList();
    }

    List<Path> workerClasses() {
        return jars("lib/worker");
    }

    /// What the worker class `vertx` adds to the application's class path.
    List<Path> vertxClasses() {
        return jars("lib/vertx");
    }

    /// Sorted: every worker gets the same class path, on every machine.
    private List<Path> jars(String folder) {
        try (var files = Files.list(home.resolve(folder))) {
            return files.filter(file -> file.toString().endsWith(".jar")).sorted().toList();
        } catch (IOException broken) {
            throw new UncheckedIOException("this distribution is not complete", broken);
        }
    }
}
