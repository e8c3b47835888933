package junicorn.cli.plan;

import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import junicorn.cli.settings.DeadlineSettings;
import junicorn.cli.settings.ProcessSettings;
import junicorn.cli.settings.RecyclingSettings;
import junicorn.cli.settings.Setting;
import junicorn.cli.settings.Settings;
import junicorn.cli.settings.SocketSettings;
import junicorn.cli.settings.Values;
import junicorn.control.WarmUp;
import junicorn.master.settings.Bind;

/// What an operator should know of a command that is right in itself: Gunicorn's words that mean
/// something else here, and options that have no effect with the others. As in Gunicorn, the server
/// starts all the same.
public final class Remarks {
    public record Remark(Level level, String text) {}

    private static final Set<String> WITH_THREADS = Set.of("sync", "gthread", "vertx");

    private Remarks() {}

    public static List<Remark> of(Values values, Application application) {
        var workerClass = values.workerClass();
        var remarks = new ArrayList<Remark>();
        workerClass.translation().ifPresent(text -> remarks.add(new Remark(Level.INFO, text)));
        if (!WITH_THREADS.contains(workerClass.name()) && !workerClass.isCustom()) {
            idle(values, ProcessSettings.THREADS, remarks);
        }
        if (workerClass.is("sync")) {
            idle(values, ProcessSettings.WORKER_CONNECTIONS, remarks);
        }
        if (workerClass.is("sync") || workerClass.is("vertx")) {
            idle(values, DeadlineSettings.KEEP_ALIVE, remarks);
        }
        if (workerClass.is("vertx") || workerClass.isCustom()) {
            idle(values, RecyclingSettings.WARMUP, remarks);
            idle(values, RecyclingSettings.MAX_REQUESTS, remarks);
        }
        without(values, RecyclingSettings.MAX_REQUESTS_JITTER, RecyclingSettings.MAX_REQUESTS)
                .ifPresent(remarks::add);
        without(values, RecyclingSettings.WARMUP_STRICT, RecyclingSettings.WARMUP)
                .ifPresent(remarks::add);
        outsideOfTheContext(values).ifPresent(remarks::add);
        if (!application.isClass()
                && !workerClass.isCustom()
                && values.find(Settings.CLASS_PATH).isPresent()) {
            remarks.add(
                    new Remark(
                            Level.WARNING,
                            "--class-path has no effect: a WAR brings its own classes"));
        }
        if (values.get(SocketSettings.REUSE_PORT)
                && values.get(SocketSettings.BIND).stream().noneMatch(Bind.Tcp.class::isInstance)) {
            remarks.add(
                    new Remark(
                            Level.WARNING,
                            "--reuse-port has no effect: it is for sockets that we bind to a port"));
        }
        return remarks;
    }

    /// The application would never see it.
    private static Optional<Remark> outsideOfTheContext(Values values) {
        var context = values.get(Settings.CONTEXT_PATH);
        return RecyclingSettings.warmUp(values).shots().stream()
                .map(WarmUp.Shot::target)
                .filter(target -> !isWithin(context, target))
                .findFirst()
                .map(
                        target ->
                                new Remark(
                                        Level.WARNING,
                                        "--warmup %s is outside of --context-path %s"
                                                .formatted(target, context)));
    }

    private static boolean isWithin(String context, String target) {
        return context.equals("/")
                || target.equals(context)
                || target.startsWith(context + "/")
                || target.startsWith(context + "?");
    }

    private static Optional<Remark> without(Values values, Setting<?> setting, Setting<?> other) {
        var alone =
                !values.origin(setting).equals("default") && values.origin(other).equals("default");
        return alone
                ? Optional.of(
                        new Remark(
                                Level.WARNING,
                                "%s has no effect without %s"
                                        .formatted(setting.flag(), other.flag())))
                : Optional.empty();
    }

    private static void idle(Values values, Setting<?> setting, List<Remark> remarks) {
        if (!values.origin(setting).equals("default")) {
            remarks.add(
                    new Remark(
                            Level.WARNING,
                            "%s has no effect with worker class %s"
                                    .formatted(setting.flag(), values.workerClass().name())));
        }
    }
}
