package junicorn.cli.settings;

import java.util.List;
import java.util.function.UnaryOperator;
import junicorn.master.settings.MasterSettings;

/// The workers: how many, of which class, and how much each takes on at once.
public final class ProcessSettings {
    public static final Setting<Integer> WORKERS =
            Setting.of(Topic.WORKERS, Kind.count(1, MasterSettings.WORKERS_MAX), "--workers", "-w")
                    .otherwise("2 x cores + 1, as far as memory reaches")
                    .environment("WEB_CONCURRENCY", UnaryOperator.identity())
                    .says("Worker processes.");

    static final Setting<WorkerClass> WORKER_CLASS =
            Setting.of(Topic.WORKERS, WorkerClass.kind(), "--worker-class", "-k")
                    .or("sync")
                    .says(
                            "How a worker runs requests. sync: one at a time. gthread: on --threads"
                                    + " threads. virtual (as gevent, eventlet): each on a virtual"
                                    + " thread. async (as asgi, gaiohttp): on the loop, they must not"
                                    + " block. vertx (as tornado): a Vert.x application. Or your own:"
                                    + " pkg.Class.");

    public static final Setting<Integer> THREADS =
            Setting.of(Topic.WORKERS, Kind.count(1, 10_000), "--threads")
                    .otherwise("1; with gthread " + WorkerClass.GTHREAD_THREADS)
                    .says(
                            "Requests that one worker runs at once, with gthread; event loops, with"
                                    + " vertx. More than 1 with sync means gthread.");

    public static final Setting<Integer> WORKER_CONNECTIONS =
            Setting.of(Topic.WORKERS, Kind.count(1, 1_000_000), "--worker-connections")
                    .or("1000")
                    .says(
                            "Connections that one worker keeps open at once. With sync: one at a"
                                    + " time.");

    public static final Setting<List<String>> JAVA_OPTS =
            Setting.of(Topic.WORKERS, Kind.many("OPTIONS", String::strip), "--java-opts")
                    .or("")
                    .says(
                            "Options for the workers' JVMs, like --java-opts='-Xmx256m"
                                    + " -Dname=value'. Repeatable.");

    static final List<Setting<?>> ALL =
            List.of(WORKERS, WORKER_CLASS, THREADS, WORKER_CONNECTIONS, JAVA_OPTS);

    private ProcessSettings() {}
}
