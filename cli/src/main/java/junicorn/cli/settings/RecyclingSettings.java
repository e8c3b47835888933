package junicorn.cli.settings;

import java.util.List;
import junicorn.control.WarmUp;
import junicorn.control.WorkerSettings;

/// What a worker does before it serves, and when it has served enough.
public final class RecyclingSettings {
    private static final int TIMES_MAX = 1_000_000;

    public static final Setting<List<WarmUp.Shot>> WARMUP =
            Setting.of(
                            Topic.WORKERS,
                            new Kind<>(
                                    "PATH[*N]",
                                    true,
                                    List.of(),
                                    given -> given.stream().map(RecyclingSettings::shot).toList(),
                                    RecyclingSettings::show),
                            "--warmup")
                    .otherwise("none")
                    .says(
                            "A request that each new worker sends to itself, N times,"
                                    + " before it counts as ready. Repeatable.");

    public static final Setting<Boolean> WARMUP_STRICT =
            Setting.of(Topic.WORKERS, Kind.flag(), "--warmup-strict")
                    .or("false")
                    .says(
                            "Let the worker fail to start if a warm-up request fails (5xx"
                                    + " or no answer). By default that is only logged.");

    public static final Setting<Integer> MAX_REQUESTS =
            Setting.of(Topic.WORKERS, Kind.count(0, Integer.MAX_VALUE), "--max-requests")
                    .or("0")
                    .says(
                            "Replace a worker after this many requests. 0: never. 1: a"
                                    + " process for each request.");

    public static final Setting<Integer> MAX_REQUESTS_JITTER =
            Setting.of(Topic.WORKERS, Kind.count(0, Integer.MAX_VALUE), "--max-requests-jitter")
                    .or("0")
                    .says(
                            "Random number of requests, up to this, added to --max-requests"
                                    + " for each worker.");

    static final Setting<Long> MAX_HEAP =
            Setting.of(
                            Topic.WORKERS,
                            Kind.<Long>one("SIZE", Units::bytes, Units::show),
                            "--max-heap")
                    .or("0")
                    .says(
                            "Replace a worker if more heap than this is in use after a"
                                    + " garbage collection. 0: never.");

    static final List<Setting<?>> ALL =
            List.of(WARMUP, WARMUP_STRICT, MAX_REQUESTS, MAX_REQUESTS_JITTER, MAX_HEAP);

    private RecyclingSettings() {}

    public static WarmUp warmUp(Values values) {
        return new WarmUp(values.find(WARMUP).orElse(List.of()), values.get(WARMUP_STRICT));
    }

    public static WorkerSettings.Recycling recycling(Values values) {
        return new WorkerSettings.Recycling(
                values.get(MAX_REQUESTS), values.get(MAX_REQUESTS_JITTER), values.get(MAX_HEAP));
    }

    /// `/shop*200` is two hundred times `/shop`; a star that no number follows belongs to the path.
    private static WarmUp.Shot shot(String text) {
        var star = text.lastIndexOf('*');
        var times = star < 0 ? "" : text.substring(star + 1);
        var counted = times.matches("\\d{1,7}");
        var target = counted ? text.substring(0, star) : text;
        if (!target.startsWith("/") || target.chars().anyMatch(c -> c <= ' ' || c >= 0x7f)) {
            throw new Misuse(
                    "must be a path like /shop or /shop?x=1*200, was '%s'".formatted(text));
        }
        var number = counted ? Integer.parseInt(times) : 1;
        if (number < 1 || number > TIMES_MAX) {
            throw new Misuse("must be sent 1 to %d times, was '%s'".formatted(TIMES_MAX, text));
        }
        return new WarmUp.Shot(target, number);
    }

    private static String show(List<WarmUp.Shot> shots) {
        return String.join(
                " ",
                shots.stream()
                        .map(it -> it.target() + (it.times() == 1 ? "" : "*" + it.times()))
                        .toList());
    }
}
