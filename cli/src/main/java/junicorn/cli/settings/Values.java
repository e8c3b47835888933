package junicorn.cli.settings;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import junicorn.cli.settings.Setting.Resolved;
import junicorn.control.WorkerSettings;

/// The settings as they will be used, each checked by itself and against the others.
///
/// @param folder where the application starts, and what relative paths start from
public record Values(Map<Setting<?>, Resolved<?>> resolved, Path folder) {

    /// @param strongestFirst the places where settings are written
    /// @param start where this command was called
    /// @throws Misuse on the first value that is wrong
    public static Values of(
            List<Source> strongestFirst, Map<String, String> environment, Path start) {
        var resolved = new LinkedHashMap<Setting<?>, Resolved<?>>();
        for (var setting : Settings.ALL) {
            var said = strongestFirst.stream().flatMap(one -> one.of(setting).stream()).toList();
            resolved.put(setting, setting.resolve(said, environment));
        }
        var values = new Values(resolved, start);
        values.contradictions();
        return new Values(resolved, values.directory());
    }

    /// The value of a setting that has a default.
    public <T> T get(Setting<T> setting) {
        return find(setting)
                .orElseThrow(() -> new IllegalStateException(setting + " has no value"));
    }

    @SuppressWarnings("unchecked") // of() puts only Resolved<T> with Setting<T>
    public <T> Optional<T> find(Setting<T> setting) {
        return ((Resolved<T>) resolved(setting)).value();
    }

    public String origin(Setting<?> setting) {
        return resolved(setting).origin();
    }

    /// The value as it would be written on the command line.
    public <T> Optional<String> show(Setting<T> setting) {
        return find(setting).map(setting.kind().show());
    }

    /// The worker class that was meant.
    public WorkerClass workerClass() {
        return get(ProcessSettings.WORKER_CLASS).with(find(ProcessSettings.THREADS));
    }

    public WorkerSettings.Capacity capacity() {
        var workerClass = workerClass();
        var threads = workerClass.is("gthread") ? WorkerClass.GTHREAD_THREADS : 1;
        return new WorkerSettings.Capacity(
                workerClass.name(),
                find(ProcessSettings.THREADS).orElse(threads),
                get(ProcessSettings.WORKER_CONNECTIONS));
    }

    /// What `--env` says; the last value of a name counts.
    public Map<String, String> variables() {
        var variables = new LinkedHashMap<String, String>();
        for (var entry : find(ServerSettings.ENV).orElse(List.of())) {
            var name = entry.substring(0, entry.indexOf('='));
            variables.put(name, entry.substring(name.length() + 1));
        }
        return variables;
    }

    /// Absolute, whatever the working directory.
    public Path path(String written) {
        return folder.resolve(written).normalize();
    }

    /// Names the option with its value and, where it is not the command line, the place.
    public String blame(Setting<?> setting) {
        var origin = origin(setting);
        return "%s %s%s"
                .formatted(
                        setting.flag(),
                        show(setting).orElse(""),
                        origin.equals("command line") ? "" : " (%s)".formatted(origin));
    }

    private Path directory() {
        var wanted = find(ServerSettings.CHDIR).map(this::path);
        wanted.filter(path -> !Files.isDirectory(path))
                .ifPresent(
                        path -> {
                            throw new Misuse(
                                    "%s: there is no directory %s"
                                            .formatted(blame(ServerSettings.CHDIR), path));
                        });
        return wanted.orElse(folder);
    }

    private Resolved<?> resolved(Setting<?> setting) {
        var value = resolved.get(setting);
        if (value == null) {
            throw new IllegalStateException(setting + " is not in Settings.ALL");
        }
        return value;
    }

    private void contradictions() {
        var seen = new HashSet<Object>();
        for (var bind : get(SocketSettings.BIND)) {
            if (!seen.add(bind) && !bind.toString().endsWith(":0")) {
                throw new Misuse("--bind %s is given twice".formatted(bind));
            }
        }
    }
}
