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
                    .otherwise("fixed; with a spare or a most: idle")
                    .says(
                            "What the number of workers follows. fixed: nothing, it is --workers."
                                    + " idle: so that some are free, as with Apache. busyness: so"
                                    + " that they are busy, but not too busy, as with uWSGI. Then"
                                    + " --workers are the least.");

    public static final Setting<Integer> MAX_WORKERS =
            Setting.of(Topic.SCALING, Kind.count(1, MasterSettings.WORKERS_MAX), "--max-workers")
                    .otherwise("2 x cores + 1, as far as memory reaches")
                    .says("The most workers that the load may bring about.");

    public static final Setting<Integer> MIN_SPARE =
            Setting.of(Topic.SCALING, Kind.count(1, MasterSettings.WORKERS_MAX), "--min-spare")
                    .or("1")
                    .says("With idle: if fewer workers are free, more are started.");

    public static final Setting<Integer> MAX_SPARE =
            Setting.of(Topic.SCALING, Kind.count(2, MasterSettings.WORKERS_MAX), "--max-spare")
                    .otherwise("--min-spare + 2")
                    .says("With idle: if more workers are free, one a second goes.");

    public static final Setting<Integer> BUSYNESS_MAX =
            Setting.of(Topic.SCALING, Kind.count(1, 100), "--busyness-max")
                    .or("50")
                    .says("With busyness: above so many percent one more worker is started.");

    public static final Setting<Integer> BUSYNESS_MIN =
            Setting.of(Topic.SCALING, Kind.count(0, 99), "--busyness-min")
                    .or("25")
                    .says("With busyness: a window below so many percent is calm.");

    public static final Setting<Duration> BUSYNESS_WINDOW =
            DeadlineSettings.positiveTime(Topic.SCALING, "--busyness-window")
                    .or("3s")
                    .says("With busyness: over so long it is averaged.");

    public static final Setting<Integer> BUSYNESS_CALM =
            Setting.of(Topic.SCALING, Kind.count(1, 10_000), "--busyness-calm")
                    .or("10")
                    .says(
                            "With busyness: after so many calm windows one worker goes; later, if"
                                    + " the last one that went was missed.");

    public static final Setting<Integer> BUSYNESS_BACKLOG =
            Setting.of(Topic.SCALING, Kind.count(0, 1_000_000), "--busyness-backlog")
                    .or("33")
                    .says(
                            "With busyness: if more connections wait to be accepted, a worker is"
                                    + " started at once.");

    public static final Setting<Integer> FULL_AT =
            Setting.of(Topic.SCALING, Kind.count(1, 1_000_000), "--full-at")
                    .otherwise("sync 1; gthread its threads; else 100")
                    .says("So many requests at once take up a whole worker.");

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
