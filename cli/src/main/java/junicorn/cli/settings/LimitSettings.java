package junicorn.cli.settings;

import java.util.List;

/// What a client may send.
public final class LimitSettings {
    public static final Setting<Long> BUFFER_BODY =
            size("--buffer-body", 0, 1L << 30)
                    .or("1m")
                    .says(
                            "A request runs only when its body is complete, up to this size; a"
                                    + " larger body is streamed to it.");

    public static final Setting<Long> LIMIT_REQUEST_BODY =
            size("--limit-request-body", 0, 1L << 50)
                    .or("0")
                    .says("Bytes of a body, beyond them 413. 0: no limit.");

    public static final Setting<Integer> BODY_RATE =
            Setting.of(
                            Topic.LIMITS,
                            Kind.<Integer>one("SIZE", LimitSettings::rate, Units::show),
                            "--body-rate")
                    .or("500")
                    .says(
                            "Bytes that a body must bring for each second after --body-grace,"
                                    + " below that 408. 0: no minimum.");

    public static final Setting<Integer> LIMIT_REQUEST_LINE =
            Setting.of(Topic.LIMITS, Kind.count(64, 65_536), "--limit-request-line")
                    .or("4094")
                    .says("Bytes of the request line, beyond them 414.");

    public static final Setting<Integer> LIMIT_REQUEST_FIELDS =
            Setting.of(Topic.LIMITS, Kind.count(1, 32_768), "--limit-request-fields")
                    .or("100")
                    .says("Header fields of a request, beyond them 431.");

    public static final Setting<Integer> LIMIT_REQUEST_FIELD_SIZE =
            Setting.of(
                            Topic.LIMITS,
                            Kind.count(64, 65_536),
                            "--limit-request-field-size",
                            "--limit-request-field_size")
                    .or("8190")
                    .says("Bytes of one header field, beyond them 431.");

    public static final Setting<String> URI_COMPLIANCE =
            Setting.of(
                            Topic.LIMITS,
                            Kind.choice("RULES", List.of("default", "strict", "legacy")),
                            "--uri-compliance")
                    .or("default")
                    .says(
                            "Which request targets are refused with 400: strict, all that is"
                                    + " ambiguous; default, what has no single spelling; legacy, the"
                                    + " same, but encoded slashes, control characters and what is"
                                    + " no UTF-8 pass.");

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
