package junicorn.cli.plan;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import junicorn.cli.operator.ServerFinder;
import junicorn.cli.settings.ClassPath;
import junicorn.cli.settings.DeadlineSettings;
import junicorn.cli.settings.HookOptions;
import junicorn.cli.settings.LimitSettings;
import junicorn.cli.settings.Misuse;
import junicorn.cli.settings.RecyclingSettings;
import junicorn.cli.settings.RenewalSettings;
import junicorn.cli.settings.ServerSettings;
import junicorn.cli.settings.Setting;
import junicorn.cli.settings.Settings;
import junicorn.cli.settings.SocketSettings;
import junicorn.cli.settings.Values;
import junicorn.control.WorkerSettings;
import junicorn.master.settings.Bind;
import junicorn.master.settings.ListenSettings;
import junicorn.master.settings.MasterSettings;
import junicorn.master.settings.Renewal;
import junicorn.master.settings.Surroundings;
import junicorn.master.settings.WorkerCommand;
import junicorn.systemd.Activation;

/// From the settings of the command line to those of the master and its workers.
final class Wiring {
    private Wiring() {}

    static MasterSettings master(
            Values values,
            MemoryPlan plan,
            JavaOptions options,
            Application application,
            Activation activation) {
        var distribution = Distribution.here();
        var rights = Rights.of(values);
        var scaling = ScalePlan.of(values);
        var command =
                new WorkerCommand(
                        Distribution.javaHome().resolve("bin/java"),
                        jvmOptions(values, plan, options),
                        distribution.workerModules(),
                        distribution.workerClasses(),
                        WorkerCommand.MAIN_CLASS,
                        surroundings(values, rights));
        var template = worker(values, plan, application, rights);
        rights.requireReadable(values, command, template.hosted());
        return new MasterSettings(
                Distribution.version(),
                SocketSettings.served(binds(values), activation),
                listening(values, rights),
                scaling.workers(values, plan),
                values.get(DeadlineSettings.TIMEOUT),
                values.get(DeadlineSettings.BOOT_TIMEOUT),
                values.get(DeadlineSettings.GRACEFUL_TIMEOUT),
                renewal(values),
                command,
                template,
                new MasterSettings.Files(
                        values.find(ServerSettings.PID).map(values::path),
                        ServerFinder.place(values, System.getenv())),
                scaling.scaling(values, plan),
                HookOptions.settings(values),
                watched(values, template.hosted()));
    }

    /// With `--reload`: where the application's code is.
    private static List<Path> watched(Values values, WorkerSettings.Hosted hosted) {
        if (!values.get(ServerSettings.RELOAD)) {
            return List.of();
        }
        var archive = Path.of(hosted.application());
        return Files.exists(archive)
                ? Stream.concat(Stream.of(archive), hosted.classPath().stream()).toList()
                : hosted.classPath();
    }

    private static Surroundings surroundings(Values values, Rights rights) {
        var directory =
                values.find(ServerSettings.CHDIR).isPresent()
                        ? Optional.of(values.folder())
                        : Optional.<Path>empty();
        var environment = new HashMap<>(rights.environment());
        environment.putAll(values.variables());
        return new Surroundings(
                directory, environment, rights.identity(), values.find(ServerSettings.UMASK));
    }

    /// A Unix-domain socket's path is relative to `--chdir`, too.
    private static List<Bind> binds(Values values) {
        return values.get(SocketSettings.BIND).stream()
                .map(
                        bind ->
                                bind instanceof Bind.Unix(Path path)
                                                && values.find(ServerSettings.CHDIR).isPresent()
                                        ? Bind.parse("unix:" + values.path(path.toString()))
                                        : bind)
                .toList();
    }

    private static ListenSettings listening(Values values, Rights rights) {
        return new ListenSettings(
                values.get(SocketSettings.BACKLOG),
                !values.get(SocketSettings.NO_DEFER_ACCEPT),
                values.get(SocketSettings.REUSE_PORT),
                rights.identity());
    }

    private static Renewal renewal(Values values) {
        return new Renewal(
                values.get(RenewalSettings.RELOAD_BATCH),
                values.get(RenewalSettings.STANDBY),
                values.get(RenewalSettings.MAX_LIFETIME),
                values.get(RenewalSettings.MAX_MEMORY));
    }

    private static List<String> jvmOptions(Values values, MemoryPlan plan, JavaOptions user) {
        return Stream.concat(
                        WorkerJvm.options(values.workerClass()).stream(),
                        WorkerJvm.options(plan, user).stream())
                .toList();
    }

    /// Slot, generation and listeners are the master's to fill in.
    private static WorkerSettings worker(
            Values values, MemoryPlan plan, Application application, Rights rights) {
        return new WorkerSettings(
                new WorkerSettings.Place(0, 0, plan.workers(), false),
                List.of(),
                hosted(values, application),
                values.capacity(),
                deadlines(values),
                limits(values),
                new WorkerSettings.Logs(
                        values.find(Settings.ACCESS_LOGFILE)
                                .map(
                                        named ->
                                                logFile(
                                                        values,
                                                        Settings.ACCESS_LOGFILE,
                                                        named,
                                                        rights)),
                        values.get(Settings.ACCESS_LOGFORMAT),
                        values.find(Settings.ERROR_LOGFILE)
                                .filter(named -> !named.equals("-"))
                                .map(
                                        named ->
                                                logFile(
                                                        values,
                                                        Settings.ERROR_LOGFILE,
                                                        named,
                                                        rights)),
                        values.get(Settings.LOG_LEVEL)),
                RecyclingSettings.warmUp(values),
                RecyclingSettings.recycling(values),
                false);
    }

    /// A class without a class path is looked for where we are, as java does. Vert.x goes to the
    /// end, so the application's own wins.
    private static WorkerSettings.Hosted hosted(Values values, Application application) {
        var ours = application.isClass() || values.workerClass().isCustom();
        var classPath = values.find(Settings.CLASS_PATH).orElse(ours ? List.of("") : List.of());
        var entries = new ArrayList<>(ClassPath.of(classPath, values.folder()));
        if (values.workerClass().is("vertx")) {
            entries.addAll(Distribution.here().vertxClasses());
        }
        return new WorkerSettings.Hosted(
                application.name(), entries, values.get(Settings.CONTEXT_PATH));
    }

    private static WorkerSettings.Deadlines deadlines(Values values) {
        return new WorkerSettings.Deadlines(
                values.get(DeadlineSettings.HEADER_TIMEOUT),
                values.get(DeadlineSettings.BODY_TIMEOUT),
                values.get(DeadlineSettings.WRITE_TIMEOUT),
                values.get(DeadlineSettings.KEEP_ALIVE),
                values.get(DeadlineSettings.GRACEFUL_TIMEOUT),
                values.get(DeadlineSettings.REQUEST_TIMEOUT),
                values.get(DeadlineSettings.REQUEST_TIMEOUT_GRACE));
    }

    private static WorkerSettings.RequestLimits limits(Values values) {
        return new WorkerSettings.RequestLimits(
                values.get(LimitSettings.BUFFER_BODY),
                values.get(LimitSettings.LIMIT_REQUEST_LINE),
                values.get(LimitSettings.LIMIT_REQUEST_FIELDS),
                values.get(LimitSettings.LIMIT_REQUEST_FIELD_SIZE),
                values.get(LimitSettings.LIMIT_REQUEST_BODY),
                values.get(DeadlineSettings.BODY_GRACE),
                values.get(LimitSettings.BODY_RATE),
                values.get(LimitSettings.URI_COMPLIANCE));
    }

    /// Asked for here, where one line can say it, and not in each worker.
    private static String logFile(
            Values values, Setting<String> setting, String named, Rights rights) {
        if (named.equals("-")) {
            return named;
        }
        var file = values.path(named);
        var folder = Optional.ofNullable(file.getParent()).orElse(file);
        var what = values.blame(setting);
        if (!Files.isDirectory(folder)) {
            throw new Misuse("%s: there is no folder %s".formatted(what, folder));
        }
        if (Files.isDirectory(file) || !rights.mayWrite(file)) {
            throw new Misuse(
                    what
                            + rights.identity()
                                    .map(it -> " cannot be written by user %d".formatted(it.uid()))
                                    .orElse(" cannot be written"));
        }
        return file.toString();
    }
}
