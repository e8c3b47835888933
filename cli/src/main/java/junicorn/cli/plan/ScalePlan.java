package junicorn.cli.plan;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import junicorn.cli.settings.Misuse;
import junicorn.cli.settings.ProcessSettings;
import junicorn.cli.settings.ScalingSettings;
import junicorn.cli.settings.Setting;
import junicorn.cli.settings.Values;
import junicorn.master.settings.MasterSettings;
import junicorn.scaling.Scaling;
import junicorn.scaling.Scaling.Rule;

/// What the settings say about scaling, as a whole. Only arithmetic.
///
/// @param rule by which the number of workers is found
/// @param workersMax where one is said
/// @param fullAt requests at once that take up a worker
record ScalePlan(Rule rule, Optional<Integer> workersMax, int fullAt) {
    private static final List<Setting<?>> OF_IDLE =
            List.of(ScalingSettings.MIN_SPARE, ScalingSettings.MAX_SPARE);

    private static final List<Setting<?>> OF_BUSYNESS =
            List.of(
                    ScalingSettings.BUSYNESS_MAX,
                    ScalingSettings.BUSYNESS_MIN,
                    ScalingSettings.BUSYNESS_WINDOW,
                    ScalingSettings.BUSYNESS_CALM,
                    ScalingSettings.BUSYNESS_BACKLOG);

    private static final List<Setting<?>> OF_BOTH =
            List.of(ScalingSettings.MAX_WORKERS, ScalingSettings.FULL_AT);

    /// Where the worker class has no number of its own: enough for a worker that waits for others,
    /// few enough to be seen.
    private static final int FULL_AT = 100;

    static ScalePlan of(Values values) {
        return new ScalePlan(
                rule(values), values.find(ScalingSettings.MAX_WORKERS), fullAt(values));
    }

    boolean isFixed() {
        return rule instanceof Rule.Fixed;
    }

    /// For so many workers memory is planned, if somebody says a number.
    Optional<Integer> planned(Values values) {
        var workers = values.find(ProcessSettings.WORKERS);
        if (isFixed()) {
            return workers;
        }
        if (workersMax.isPresent() && workers.orElse(1) > workersMax.get()) {
            throw new Misuse(
                    "--max-workers must be at least --workers, were %d and %d"
                            .formatted(workersMax.get(), workers.orElse(1)));
        }
        if (workersMax.isPresent()
                && rule instanceof Rule.Idle(int minSpare, _)
                && minSpare > workersMax.get()) {
            throw new Misuse(
                    "--max-workers must be at least --min-spare, were %d and %d"
                            .formatted(workersMax.get(), minSpare));
        }
        return workersMax;
    }

    /// Who says that number.
    Setting<?> source() {
        return isFixed() ? ProcessSettings.WORKERS : ScalingSettings.MAX_WORKERS;
    }

    /// At the start, and the least.
    int workers(Values values, MemoryPlan plan) {
        return isFixed()
                ? plan.workers()
                : values.find(ProcessSettings.WORKERS)
                        .orElse(
                                rule instanceof Rule.Idle(int minSpare, _)
                                        ? Math.min(minSpare, plan.workers())
                                        : 1);
    }

    Scaling scaling(Values values, MemoryPlan plan) {
        var most =
                isFixed()
                        ? MasterSettings.WORKERS_MAX
                        : Math.max(plan.workers(), workers(values, plan));
        return new Scaling(rule, most, fullAt);
    }

    private static Rule rule(Values values) {
        var implied = Stream.concat(OF_IDLE.stream(), Stream.of(ScalingSettings.MAX_WORKERS));
        var isIdle = implied.anyMatch(it -> isSaid(values, it));
        var name = values.find(ScalingSettings.SCALE).orElse(isIdle ? "idle" : "fixed");
        return switch (name) {
            case "idle" -> {
                refuse(values, OF_BUSYNESS, "busyness", name);
                yield idle(values);
            }
            case "busyness" -> {
                refuse(values, OF_IDLE, "idle", name);
                yield busyness(values);
            }
            default -> {
                refuse(values, OF_IDLE, "idle", name);
                refuse(values, OF_BUSYNESS, "busyness", name);
                refuse(values, OF_BOTH, "idle or busyness", name);
                yield new Rule.Fixed();
            }
        };
    }

    /// What belongs to another rule would say nothing, and nobody would know.
    private static void refuse(
            Values values, List<Setting<?>> settings, String theirs, String name) {
        for (var setting : settings) {
            if (isSaid(values, setting)) {
                throw new Misuse(
                        "%s goes with --scale %s, and this is %s"
                                .formatted(values.blame(setting), theirs, name));
            }
        }
    }

    private static boolean isSaid(Values values, Setting<?> setting) {
        return !values.origin(setting).equals("default");
    }

    private static Rule idle(Values values) {
        int min = values.get(ScalingSettings.MIN_SPARE);
        int max = values.find(ScalingSettings.MAX_SPARE).orElse(min + 2);
        if (max <= min) {
            throw new Misuse(
                    "--max-spare must be more than --min-spare, were %d and %d"
                            .formatted(max, min));
        }
        return new Rule.Idle(min, max);
    }

    private static Rule busyness(Values values) {
        int min = values.get(ScalingSettings.BUSYNESS_MIN);
        int max = values.get(ScalingSettings.BUSYNESS_MAX);
        if (max <= min) {
            throw new Misuse(
                    "--busyness-max must be more than --busyness-min, were %d and %d"
                            .formatted(max, min));
        }
        return new Rule.Busyness(
                min,
                max,
                values.get(ScalingSettings.BUSYNESS_WINDOW),
                values.get(ScalingSettings.BUSYNESS_CALM),
                values.get(ScalingSettings.BUSYNESS_BACKLOG));
    }

    private static int fullAt(Values values) {
        var capacity = values.capacity();
        return values.find(ScalingSettings.FULL_AT)
                .orElse(
                        switch (capacity.workerClass()) {
                            case "sync" -> 1;
                            case "gthread" -> capacity.threads();
                            default -> Math.min(FULL_AT, capacity.connections());
                        });
    }
}
