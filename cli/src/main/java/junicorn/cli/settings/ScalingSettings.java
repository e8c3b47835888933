package junicorn.cli.settings;

import java.time.Duration;
import java.util.List;
import junicorn.master.settings.MasterSettings;

/// Whether and how the number of workers follows the load.
public final class ScalingSettings {
    public static final Setting<String> SCALE =
            Setting.of(
                            Topic.SCALING,
                            Kind.choice("RULE", List.of("fixed", "idle", "busyness")),
                            "--scale")
                    .otherwise("fixed, or idle if --max-workers, --min-spare or --max-spare is set")
                    .says(
                            "How the number of workers follows the load. fixed: not at all."
                                    + " idle: enough are started for some to be free, as with Apache."
                                    + " busyness: they are kept busy, but not too busy, as with uWSGI."
                                    + " With idle and busyness, --workers is the minimum.");

    public static final Setting<Integer> MAX_WORKERS =
            Setting.of(Topic.SCALING, Kind.count(1, MasterSettings.WORKERS_MAX), "--max-workers")
                    .otherwise("2 x cores + 1, if memory allows")
                    .says("Maximum number of workers when they follow the load.");

    public static final Setting<Integer> MIN_SPARE =
            Setting.of(Topic.SCALING, Kind.count(1, MasterSettings.WORKERS_MAX), "--min-spare")
                    .or("1")
                    .says("With idle: start workers when fewer than this many are free.");

    public static final Setting<Integer> MAX_SPARE =
            Setting.of(Topic.SCALING, Kind.count(2, MasterSettings.WORKERS_MAX), "--max-spare")
                    .otherwise("--min-spare + 2")
                    .says(
                            "With idle: stop one worker a second when more than this many"
                                    + " are free.");

    public static final Setting<Integer> BUSYNESS_MAX =
            Setting.of(Topic.SCALING, Kind.count(1, 100), "--busyness-max")
                    .or("50")
                    .says("With busyness: start a worker above this percentage.");

    public static final Setting<Integer> BUSYNESS_MIN =
            Setting.of(Topic.SCALING, Kind.count(0, 99), "--busyness-min")
                    .or("25")
                    .says("With busyness: a window below this percentage is calm.");

    public static final Setting<Duration> BUSYNESS_WINDOW =
            DeadlineSettings.positiveTime(Topic.SCALING, "--busyness-window")
                    .or("3s")
                    .says("With busyness: the time over which it is averaged.");

    public static final Setting<Integer> BUSYNESS_CALM =
            Setting.of(Topic.SCALING, Kind.count(1, 10_000), "--busyness-calm")
                    .or("10")
                    .says(
                            "With busyness: stop a worker after this many calm windows;"
                                    + " after more, if the last stop turned out to be wrong.");

    public static final Setting<Integer> BUSYNESS_BACKLOG =
            Setting.of(Topic.SCALING, Kind.count(0, 1_000_000), "--busyness-backlog")
                    .or("33")
                    .says(
                            "With busyness: start a worker at once when more than this many"
                                    + " connections wait to be accepted.");

    public static final Setting<Integer> FULL_AT =
            Setting.of(Topic.SCALING, Kind.count(1, 1_000_000), "--full-at")
                    .otherwise("sync: 1, gthread: its threads, others: 100")
                    .says(
                            "Number of concurrent requests at which a worker counts as"
                                    + " fully busy.");

    static final List<Setting<?>> ALL =
            List.of(
                    SCALE,
                    MAX_WORKERS,
                    MIN_SPARE,
                    MAX_SPARE,
                    BUSYNESS_MAX,
                    BUSYNESS_MIN,
                    BUSYNESS_WINDOW,
                    BUSYNESS_CALM,
                    BUSYNESS_BACKLOG,
                    FULL_AT);

    private ScalingSettings() {}
}
