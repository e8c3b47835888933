package junicorn.cli.settings;

import java.time.Duration;
import java.util.List;
import junicorn.master.settings.Renewal;

/// How workers are replaced that still serve.
public final class RenewalSettings {
    public static final Setting<Integer> RELOAD_BATCH =
            Setting.of(Topic.RENEWAL, Kind.count(1, 1000), "--reload-batch")
                    .or("1")
                    .says(
                            "Number of workers that a reload replaces at a time. Each of"
                                    + " them needs memory for its successor until it is gone.");

    public static final Setting<Integer> STANDBY =
            Setting.of(Topic.RENEWAL, Kind.count(0, Renewal.STANDBY_MAX), "--standby")
                    .or("0")
                    .says(
                            "Number of spare workers that are started and kept waiting. A"
                                    + " worker that dies or is replaced is succeeded by one of them"
                                    + " within milliseconds.");

    public static final Setting<Duration> MAX_LIFETIME =
            Setting.of(
                            Topic.RENEWAL,
                            Kind.one("TIME", Units::duration, Units::show),
                            "--max-lifetime")
                    .or("0s")
                    .says(
                            "Replace a worker after it has served for this long, or up to a"
                                    + " tenth less, so that not all are replaced together. 0: never.");

    public static final Setting<Long> MAX_MEMORY =
            Setting.of(Topic.RENEWAL, Kind.one("SIZE", Units::bytes, Units::show), "--max-memory")
                    .or("0")
                    .says(
                            "Replace a worker whose process takes more memory than this"
                                    + " (PSS: shared pages count in part), checked every 5 s. 0:"
                                    + " never.");

    static final List<Setting<?>> ALL = List.of(RELOAD_BATCH, STANDBY, MAX_LIFETIME, MAX_MEMORY);

    private RenewalSettings() {}
}
