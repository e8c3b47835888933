package junicorn.cli;

import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import junicorn.log.Log;
import junicorn.master.Bind;
import junicorn.master.MasterSettings;

/// Every setting there is. Names and defaults are Gunicorn's wherever the concept is the same.
final class Settings {
    static final Setting<List<Bind>> BIND =
            Setting.of(Topic.SOCKET, Kind.many("ADDRESS", Settings::bind), "--bind", "-b")
                    .or("127.0.0.1:8000")
                    .otherwise("127.0.0.1:8000, or 0.0.0.0:$PORT where PORT is set")
                    .environment("PORT", port -> "0.0.0.0:" + port)
                    .says(
                            "Where to listen: HOST:PORT, [v6]:PORT, :PORT, unix:/path or fd://N."
                                    + " Repeatable.");

    static final Setting<Integer> BACKLOG =
            Setting.of(Topic.SOCKET, Kind.count(1, 65_535), "--backlog")
                    .or("2048")
                    .says("Connections that may wait to be accepted, see listen(2).");

    static final Setting<Boolean> NO_DEFER_ACCEPT =
            Setting.of(Topic.SOCKET, Kind.flag(), "--no-defer-accept")
                    .or("false")
                    .says(
                            "Take TCP connections before their first byte has come. Without it the"
                                    + " kernel keeps silent ones to itself.");

    static final Setting<Integer> WORKERS =
            Setting.of(Topic.WORKERS, Kind.count(1, MasterSettings.WORKERS_MAX), "--workers", "-w")
                    .otherwise("2 x cores + 1, as far as memory reaches")
                    .environment("WEB_CONCURRENCY", UnaryOperator.identity())
                    .says("Worker processes.");

    static final Setting<String> WORKER_CLASS =
            Setting.of(Topic.WORKERS, Kind.choice("CLASS", List.of("sync")), "--worker-class", "-k")
                    .or("sync")
                    .says("How a worker runs requests. sync: one at a time.");

    static final Setting<Integer> THREADS =
            Setting.of(Topic.WORKERS, Kind.count(1, 10_000), "--threads")
                    .or("1")
                    .says("Requests that one worker runs at once. With sync: 1.");

    static final Setting<List<String>> JAVA_OPTS =
            Setting.of(Topic.WORKERS, Kind.many("OPTIONS", String::strip), "--java-opts")
                    .or("")
                    .says(
                            "Options for the workers' JVMs, like --java-opts='-Xmx256m"
                                    + " -Dname=value'. Repeatable.");

    static final Setting<Duration> TIMEOUT =
            time("--timeout", "-t")
                    .or("30s")
                    .says(
                            "A worker that gives no sign of life for so long is killed and"
                                    + " replaced. With sync this bounds a request. 0: never.");

    static final Setting<Duration> GRACEFUL_TIMEOUT =
            time("--graceful-timeout")
                    .or("30s")
                    .says("How long a stopping worker may finish its requests; then it is killed.");

    static final Setting<Duration> BOOT_TIMEOUT =
            positiveTime("--boot-timeout")
                    .or("2m")
                    .says("How long a worker and its application may take to start.");

    static final Setting<Duration> KEEP_ALIVE =
            time("--keep-alive")
                    .or("2s")
                    .says("How long an idle connection is kept. With sync: not at all.");

    static final Setting<Duration> HEADER_TIMEOUT =
            positiveTime("--header-timeout")
                    .or("20s")
                    .says("How long a client may take for the whole header of a request.");

    static final Setting<Duration> BODY_TIMEOUT =
            positiveTime("--body-timeout")
                    .or("30s")
                    .says("How long a client may be silent within the body of a request.");

    static final Setting<Duration> WRITE_TIMEOUT =
            positiveTime("--write-timeout")
                    .or("30s")
                    .says("How long a client may take nothing of its answer.");

    static final Setting<Long> BUFFER_BODY =
            size("--buffer-body", 0, 1L << 30)
                    .or("1m")
                    .says(
                            "A request runs only when its body is complete, up to this size; a"
                                    + " larger body is streamed to it.");

    static final Setting<Integer> LIMIT_REQUEST_LINE =
            Setting.of(Topic.LIMITS, Kind.count(64, 65_536), "--limit-request-line")
                    .or("4094")
                    .says("Bytes of the request line.");

    static final Setting<Integer> LIMIT_REQUEST_FIELDS =
            Setting.of(Topic.LIMITS, Kind.count(1, 32_768), "--limit-request-fields")
                    .or("100")
                    .says("Header fields of a request.");

    static final Setting<Integer> LIMIT_REQUEST_FIELD_SIZE =
            Setting.of(
                            Topic.LIMITS,
                            Kind.count(64, 65_536),
                            "--limit-request-field-size",
                            "--limit-request-field_size")
                    .or("8190")
                    .says("Bytes of one header field.");

    static final Setting<String> CONTEXT_PATH =
            Setting.of(
                            Topic.APPLICATION,
                            Kind.one("PATH", Settings::contextPath, Function.identity()),
                            "--context-path")
                    .or("/")
                    .says("Where the application lies: / or a path like /shop.");

    static final Setting<String> ACCESS_LOGFILE =
            Setting.of(Topic.LOGS, Kind.text("FILE"), "--access-logfile")
                    .otherwise("no access log")
                    .says("A line for each request goes here; - is standard output.");

    static final Setting<String> ACCESS_LOGFORMAT =
            Setting.of(Topic.LOGS, Kind.text("FORMAT"), "--access-logformat")
                    .or("%(h)s %(l)s %(u)s %(t)s \"%(r)s\" %(s)s %(b)s \"%(f)s\"" + " \"%(a)s\"")
                    .says("What such a line holds, in Gunicorn's %(x)s atoms.");

    static final Setting<String> LOG_LEVEL =
            Setting.of(Topic.LOGS, Kind.choice("LEVEL", Log.LEVELS), "--log-level")
                    .or("info")
                    .says("The least important events that are logged.");

    static final Setting<Boolean> CHECK =
            instead("--check", "--check-config")
                    .says("Load the application once and exit: 0 if it starts, 1 if not.");

    static final Setting<Boolean> PRINT_CONFIG =
            instead("--print-config").says("Print every setting and who said so.");

    static final Setting<Boolean> VERSION = instead("--version", "-v").says("Print the version.");

    static final Setting<Boolean> HELP = instead("--help", "-h").says("Print this help.");

    static final List<Setting<?>> ALL =
            List.of(
                    BIND,
                    BACKLOG,
                    NO_DEFER_ACCEPT,
                    WORKERS,
                    WORKER_CLASS,
                    THREADS,
                    JAVA_OPTS,
                    TIMEOUT,
                    GRACEFUL_TIMEOUT,
                    BOOT_TIMEOUT,
                    KEEP_ALIVE,
                    HEADER_TIMEOUT,
                    BODY_TIMEOUT,
                    WRITE_TIMEOUT,
                    BUFFER_BODY,
                    LIMIT_REQUEST_LINE,
                    LIMIT_REQUEST_FIELDS,
                    LIMIT_REQUEST_FIELD_SIZE,
                    CONTEXT_PATH,
                    ACCESS_LOGFILE,
                    ACCESS_LOGFORMAT,
                    LOG_LEVEL,
                    CHECK,
                    PRINT_CONFIG,
                    VERSION,
                    HELP);

    private Settings() {}

    static List<Setting<?>> of(Topic topic) {
        return ALL.stream().filter(each -> each.topic() == topic).toList();
    }

    private static Setting<Boolean> instead(String... flags) {
        return Setting.of(Topic.INSTEAD, Kind.flag(), flags).or("false");
    }

    private static Setting<Duration> time(String... flags) {
        return Setting.of(Topic.DEADLINES, Kind.one("TIME", Units::duration, Units::show), flags);
    }

    private static Setting<Duration> positiveTime(String... flags) {
        return Setting.of(
                Topic.DEADLINES, Kind.one("TIME", Settings::positive, Units::show), flags);
    }

    private static Duration positive(String text) {
        var time = Units.duration(text);
        if (time.isZero()) {
            throw new Misuse("must be more than 0, was '%s'".formatted(text));
        }
        return time;
    }

    private static Setting<Long> size(String flag, long least, long most) {
        var kind = Kind.<Long>one("SIZE", text -> bytes(text, least, most), Units::show);
        return Setting.of(Topic.LIMITS, kind, flag);
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

    private static Bind bind(String text) {
        try {
            return Bind.parse(text);
        } catch (IllegalArgumentException wrong) {
            throw new Misuse(String.valueOf(wrong.getMessage()));
        }
    }

    private static String contextPath(String text) {
        if (text.isEmpty() || text.equals("/")) {
            return "/";
        }
        if (!text.matches("(/[A-Za-z0-9._~-]+)+")) {
            throw new Misuse("must be / or a path like /shop, was '%s'".formatted(text));
        }
        return text;
    }
}
