package junicorn.cli.settings;

import java.util.List;

/// What a client may send.
public final class LimitSettings {
    public static final Setting<Long> BUFFER_BODY =
            size("--buffer-body", 0, 1L << 30)
                    .or("1m")
                    .says(
                            "Receive bodies up to this size completely before the request"
                                    + " runs; larger ones are streamed.");

    public static final Setting<Long> LIMIT_REQUEST_BODY =
            size("--limit-request-body", 0, 1L << 50)
                    .or("0")
                    .says("Maximum size of a body; beyond it 413. 0: no limit.");

    public static final Setting<Integer> BODY_RATE =
            Setting.of(
                            Topic.LIMITS,
                            Kind.<Integer>one("SIZE", LimitSettings::rate, Units::show),
                            "--body-rate")
                    .or("500")
                    .says(
                            "Minimum rate of a body in bytes per second, after"
                                    + " --body-grace; below it 408. 0: no minimum.");

    public static final Setting<Integer> LIMIT_REQUEST_LINE =
            Setting.of(Topic.LIMITS, Kind.count(64, 65_536), "--limit-request-line")
                    .or("4094")
                    .says("Maximum length of the request line in bytes; beyond it 414.");

    public static final Setting<Integer> LIMIT_REQUEST_FIELDS =
            Setting.of(Topic.LIMITS, Kind.count(1, 32_768), "--limit-request-fields")
                    .or("100")
                    .says("Maximum number of header fields; beyond it 431.");

    public static final Setting<Integer> LIMIT_REQUEST_FIELD_SIZE =
            Setting.of(
                            Topic.LIMITS,
                            Kind.count(64, 65_536),
                            "--limit-request-field-size",
                            "--limit-request-field_size")
                    .or("8190")
                    .says("Maximum size of a header field in bytes; beyond it 431.");

    public static final Setting<String> URI_COMPLIANCE =
            Setting.of(
                            Topic.LIMITS,
                            Kind.choice("RULES", List.of("default", "strict", "legacy")),
                            "--uri-compliance")
                    .or("default")
                    .says(
                            "Which request targets are refused with 400. strict: everything"
                                    + " ambiguous. default: everything that has more than one"
                                    + " spelling. legacy: like default, but encoded slashes, control"
                                    + " characters and invalid UTF-8 pass.");

    static final List<Setting<?>> ALL =
            List.of(
                    BUFFER_BODY,
                    LIMIT_REQUEST_BODY,
                    BODY_RATE,
                    LIMIT_REQUEST_LINE,
                    LIMIT_REQUEST_FIELDS,
                    LIMIT_REQUEST_FIELD_SIZE,
                    URI_COMPLIANCE);

    private LimitSettings() {}

    private static Setting<Long> size(String flag, long least, long most) {
        var kind = Kind.<Long>one("SIZE", text -> bytes(text, least, most), Units::show);
        return Setting.of(Topic.LIMITS, kind, flag);
    }

    private static int rate(String text) {
        return Math.toIntExact(bytes(text, 0, 1L << 30));
    }

    private static long bytes(String text, long least, long most) {
        var bytes = Units.bytes(text);
        if (bytes < least || bytes > most) {
            throw new Misuse(
                    "must be from %s to %s, was %s"
                            .formatted(Units.show(least), Units.show(most), text));
        }
        return bytes;
    }
}
