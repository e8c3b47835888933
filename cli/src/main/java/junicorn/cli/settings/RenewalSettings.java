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
                            "How many workers a reload replaces at a time; each needs memory for a"
                                    + " second one beside it, until the old one is gone.");

    public static final Setting<Integer> STANDBY =
            Setting.of(Topic.RENEWAL, Kind.count(0, Renewal.STANDBY_MAX), "--standby")
                    .or("0")
                    .says(
                            "Workers beyond --workers that have started and wait: one takes the place"
                                    + " of a worker that dies or is replaced within milliseconds.");

    public static final Setting<Duration> MAX_LIFETIME =
            Setting.of(
                            Topic.RENEWAL,
                            Kind.one("TIME", Units::duration, Units::show),
                            "--max-lifetime")
                    .or("0s")
                    .says(
                            "A worker that has served for so long is replaced; each one up to a tenth"
                                    + " earlier, so that they do not go together. 0: never.");

    public static final Setting<Long> MAX_MEMORY =
            Setting.of(Topic.RENEWAL, Kind.one("SIZE", Units::bytes, Units::show), "--max-memory")
                    .or("0")
                    .says(
                            "A worker whose process takes more memory is replaced (PSS: pages shared"
                                    + " with others count in part). Looked at every 5 s. 0: never.");

    static final List<Setting<?>> ALL = List.of(RELOAD_BATCH, STANDBY, MAX_LIFETIME, MAX_MEMORY);

    private RenewalSettings() {}
}
