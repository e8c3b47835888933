package junicorn.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import junicorn.control.WorkerSettings;
import junicorn.master.MasterSettings;
import junicorn.master.WorkerCommand;

/// From the settings of the command line to those of the master and its workers.
final class Wiring {
    private Wiring() {}

    static MasterSettings master(
            Values values, MemoryPlan plan, JavaOptions options, Path application) {
        var distribution = Distribution.here();
        var command =
                new WorkerCommand(
                        Distribution.javaHome().resolve("bin/java"),
                        WorkerJvm.options(plan, options),
                        distribution.workerModules(),
                        distribution.workerClasses(),
                        WorkerCommand.MAIN_CLASS);
        return new MasterSettings(
                Distribution.version(),
                values.get(Settings.BIND),
                values.get(Settings.BACKLOG),
                !values.get(Settings.NO_DEFER_ACCEPT),
                plan.workers(),
                values.get(Settings.TIMEOUT),
                values.get(Settings.BOOT_TIMEOUT),
                values.get(Settings.GRACEFUL_TIMEOUT),
                command,
                worker(values, plan, application));
    }

    /// Slot, generation and listeners are the master's to fill in.
    private static WorkerSettings worker(Values values, MemoryPlan plan, Path application) {
        return new WorkerSettings(
                0,
                0,
                plan.workers(),
                List.of(),
                application,
                values.get(Settings.CONTEXT_PATH),
                values.get(Settings.WORKER_CLASS),
                values.get(Settings.THREADS),
                values.get(Settings.HEADER_TIMEOUT),
                values.get(Settings.BODY_TIMEOUT),
                values.get(Settings.WRITE_TIMEOUT),
                values.get(Settings.KEEP_ALIVE),
                values.get(Settings.GRACEFUL_TIMEOUT),
                values.get(Settings.BUFFER_BODY),
                values.get(Settings.LIMIT_REQUEST_LINE),
                values.get(Settings.LIMIT_REQUEST_FIELDS),
                values.get(Settings.LIMIT_REQUEST_FIELD_SIZE),
                values.find(Settings.ACCESS_LOGFILE).map(Wiring::accessLog),
                values.get(Settings.ACCESS_LOGFORMAT),
                values.get(Settings.LOG_LEVEL),
                false);
    }

    /// Asked for here, where one line can say it, and not in each worker.
    private static String accessLog(String named) {
        if (named.equals("-")) {
            return named;
        }
        var file = Path.of(named).toAbsolutePath().normalize();
        var folder = Optional.ofNullable(file.getParent()).orElse(file);
        if (!Files.isDirectory(folder)) {
            throw new Misuse("--access-logfile %s: there is no folder %s".formatted(named, folder));
        }
        if (Files.isDirectory(file) || !Files.isWritable(Files.exists(file) ? file : folder)) {
            throw new Misuse("--access-logfile %s cannot be written".formatted(named));
        }
        return file.toString();
    }
}
