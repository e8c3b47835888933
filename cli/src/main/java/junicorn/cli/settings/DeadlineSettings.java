package junicorn.cli.settings;

import java.time.Duration;
import java.util.List;

/// How long workers, clients and requests may take.
public final class DeadlineSettings {
    public static final Setting<Duration> TIMEOUT =
            time("--timeout", "-t")
                    .or("30s")
                    .says(
                            "Kill and replace a worker that makes no progress for this"
                                    + " long. With sync this limits a request; with gthread it means"
                                    + " that no thread became free; with virtual, async and vertx,"
                                    + " that the event loop was blocked. 0: never.");

    public static final Setting<Duration> REQUEST_TIMEOUT =
            time("--request-timeout")
                    .or("0s")
                    .says(
                            "Maximum time for one request. Then it is interrupted and"
                                    + " answered with 503, and its stack trace is logged. 0: no limit.");

    public static final Setting<Duration> REQUEST_TIMEOUT_GRACE =
            positiveTime("--request-timeout-grace")
                    .or("5s")
                    .says(
                            "How long an interrupted request may take to end before its"
                                    + " worker is replaced.");

    public static final Setting<Duration> GRACEFUL_TIMEOUT =
            time("--graceful-timeout")
                    .or("30s")
                    .says(
                            "How long a stopping worker may take to finish its requests"
                                    + " before it is killed.");

    public static final Setting<Duration> BOOT_TIMEOUT =
            positiveTime("--boot-timeout")
                    .or("2m")
                    .says(
                            "How long a worker may take to start, the application included."
                                    + " Time spent waiting for a core does not count, up to five times"
                                    + " as long.");

    public static final Setting<Duration> KEEP_ALIVE =
            time("--keep-alive")
                    .or("5s")
                    .says(
                            "How long an idle connection is kept open (not with sync). It"
                                    + " holds neither a thread nor a buffer.");

    public static final Setting<Duration> HEADER_TIMEOUT =
            positiveTime("--header-timeout")
                    .or("20s")
                    .says("How long a client may take to send the whole header of a" + " request.");

    public static final Setting<Duration> BODY_TIMEOUT =
            positiveTime("--body-timeout")
                    .or("30s")
                    .says("How long a client may pause while it sends the body of a" + " request.");

    public static final Setting<Duration> BODY_GRACE =
            time("--body-grace")
                    .or("20s")
                    .says("How long a body may take before --body-rate applies.");

    public static final Setting<Duration> WRITE_TIMEOUT =
            positiveTime("--write-timeout")
                    .or("30s")
                    .says("How long a client may accept nothing of its answer.");

    static final List<Setting<?>> ALL =
            List.of(
                    TIMEOUT,
                    REQUEST_TIMEOUT,
                    REQUEST_TIMEOUT_GRACE,
                    GRACEFUL_TIMEOUT,
                    BOOT_TIMEOUT,
                    KEEP_ALIVE,
                    HEADER_TIMEOUT,
                    BODY_TIMEOUT,
                    BODY_GRACE,
                    WRITE_TIMEOUT);

    private DeadlineSettings() {}

    private static Setting<Duration> time(String... flags) {
        return Setting.of(Topic.DEADLINES, Kind.one("TIME", Units::duration, Units::show), flags);
    }

    private static Setting<Duration> positiveTime(String... flags) {
        return positiveTime(Topic.DEADLINES, flags);
    }

    static Setting<Duration> positiveTime(Topic topic, String... flags) {
        return Setting.of(topic, Kind.one("TIME", DeadlineSettings::positive, Units::show), flags);
    }

    private static Duration positive(String text) {
        var time = Units.duration(text);
        if (time.isZero()) {
            throw new Misuse("must be more than 0, was '%s'".formatted(text));
        }
        return time;
    }
}
