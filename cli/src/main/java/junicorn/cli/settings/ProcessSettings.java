package junicorn.cli.settings;

import java.util.List;
import java.util.function.UnaryOperator;
import junicorn.master.settings.MasterSettings;

/// The workers: how many, of which class, and how much each takes on at once.
public final class ProcessSettings {
    public static final Setting<Integer> WORKERS =
            Setting.of(Topic.WORKERS, Kind.count(1, MasterSettings.WORKERS_MAX), "--workers", "-w")
                    .otherwise("2 x cores + 1, if memory allows")
                    .environment("WEB_CONCURRENCY", UnaryOperator.identity())
                    .says("Number of worker processes.");

    static final Setting<WorkerClass> WORKER_CLASS =
            Setting.of(Topic.WORKERS, WorkerClass.kind(), "--worker-class", "-k")
                    .or("sync")
                    .says(
                            "How workers run requests. sync: one at a time. gthread: in a"
                                    + " pool of --threads threads. virtual (gevent, eventlet): each in"
                                    + " a virtual thread. async (asgi, gaiohttp): on the event loop;"
                                    + " handlers must not block. vertx (tornado): a Vert.x"
                                    + " application. Or a class of your own: pkg.Class.");

    public static final Setting<Integer> THREADS =
            Setting.of(Topic.WORKERS, Kind.count(1, 10_000), "--threads")
                    .otherwise("1, with gthread " + WorkerClass.GTHREAD_THREADS)
                    .says(
                            "With gthread: requests that a worker runs at once. With vertx:"
                                    + " event loops. With sync, more than 1 selects gthread.");

    public static final Setting<Integer> WORKER_CONNECTIONS =
            Setting.of(Topic.WORKERS, Kind.count(1, 1_000_000), "--worker-connections")
                    .or("1000")
                    .says(
                            "Maximum number of open connections per worker. Does not apply"
                                    + " to sync, which has one at a time.");

    public static final Setting<List<String>> JAVA_OPTS =
            Setting.of(Topic.WORKERS, Kind.many("OPTIONS", String::strip), "--java-opts")
                    .or("")
                    .says(
                            "JVM options for the workers, such as --java-opts='-Xmx256m"
                                    + " -Dname=value'. Repeatable.");

    static final List<Setting<?>> ALL =
            List.of(WORKERS, WORKER_CLASS, THREADS, WORKER_CONNECTIONS, JAVA_OPTS);

    private ProcessSettings() {}
}
