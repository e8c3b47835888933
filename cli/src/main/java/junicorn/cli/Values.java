package junicorn.cli;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import junicorn.cli.Setting.Resolved;
import junicorn.control.WorkerSettings;

/// The settings as they will be used, each checked by itself and against the others.
record Values(Map<Setting<?>, Resolved<?>> resolved) {

    /// @throws Misuse on the first value that is wrong
    static Values of(Arguments arguments, Map<String, String> environment) {
        var resolved = new LinkedHashMap<Setting<?>, Resolved<?>>();
        for (var setting : Settings.ALL) {
            resolved.put(setting, setting.resolve(arguments.of(setting), environment));
        }
        var values = new Values(resolved);
        values.contradictions();
        return values;
    }

    /// The value of a setting that has a default.
    <T> T get(Setting<T> setting) {
        return find(setting)
                .orElseThrow(() -> new IllegalStateException(setting + " has no value"));
    }

    @SuppressWarnings("unchecked") // of() puts only Resolved<T> with Setting<T>
    <T> Optional<T> find(Setting<T> setting) {
        return ((Resolved<T>) resolved(setting)).value();
    }

    String origin(Setting<?> setting) {
        return resolved(setting).origin();
    }

    /// The value as it would be written on the command line.
    <T> Optional<String> show(Setting<T> setting) {
        return find(setting).map(setting.kind().show());
    }

    /// The worker class that was meant.
    WorkerClass workerClass() {
        return get(ProcessSettings.WORKER_CLASS).with(find(ProcessSettings.THREADS));
    }

    WorkerSettings.Capacity capacity() {
        var workerClass = workerClass();
        var threads = workerClass.is("gthread") ? WorkerClass.GTHREAD_THREADS : 1;
        return new WorkerSettings.Capacity(
                workerClass.name(),
                find(ProcessSettings.THREADS).orElse(threads),
                get(ProcessSettings.WORKER_CONNECTIONS));
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
