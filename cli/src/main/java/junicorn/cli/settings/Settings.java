package junicorn.cli.settings;

import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import junicorn.log.Log;

/// Every setting there is; most are declared by topic. Names and defaults are Gunicorn's wherever
/// the concept is the same.
public final class Settings {
    public static final Setting<String> APP =
            Setting.of(Topic.APPLICATION, Kind.text("APP"), "--app")
                    .says("The application, for use in a file: app = \"shop.war\".");

    public static final Setting<List<String>> CLASS_PATH =
            Setting.of(
                            Topic.APPLICATION,
                            Kind.many("PATH[:PATH]", Function.identity()),
                            "--class-path",
                            "-C")
                    .otherwise("the current directory")
                    .says(
                            "Class path of an application that is a class: directories,"
                                    + " jars, or DIR/* for all jars of a directory, separated by ':'."
                                    + " Repeatable. Not for WARs.");

    public static final Setting<String> CONTEXT_PATH =
            Setting.of(
                            Topic.APPLICATION,
                            Kind.one("PATH", Settings::contextPath, Function.identity()),
                            "--context-path")
                    .or("/")
                    .says("Context path of the application: / or a path like /shop.");

    public static final Setting<String> ACCESS_LOGFILE =
            Setting.of(Topic.LOGS, Kind.text("FILE"), "--access-logfile")
                    .otherwise("no access log")
                    .says("Write a line for each request to this file; - is standard" + " output.");

    public static final Setting<String> ACCESS_LOGFORMAT =
            Setting.of(Topic.LOGS, Kind.text("FORMAT"), "--access-logformat")
                    .or("%(h)s %(l)s %(u)s %(t)s \"%(r)s\" %(s)s %(b)s \"%(f)s\"" + " \"%(a)s\"")
                    .says("Format of the access log, in Gunicorn's %(x)s atoms.");

    public static final Setting<String> ERROR_LOGFILE =
            Setting.of(Topic.LOGS, Kind.text("FILE"), "--error-logfile", "--log-file")
                    .or("-")
                    .says(
                            "Write the log to this file, and everything else that master"
                                    + " and workers print on standard error; - leaves it there.");

    public static final Setting<String> LOG_LEVEL =
            Setting.of(Topic.LOGS, Kind.choice("LEVEL", Log.LEVELS), "--log-level")
                    .or("info")
                    .says("Log events of this level and above.");

    public static final Setting<Boolean> CHECK =
            instead("--check", "--check-config")
                    .says("Load the application once and exit: 0 if it starts, 1 if not.");

    public static final Setting<Boolean> PRINT_CONFIG =
            instead("--print-config").says("Print all settings and where each comes from.");

    public static final Setting<Boolean> VERSION =
            instead("--version", "-v").says("Print the version.");

    public static final Setting<Boolean> HELP = instead("--help", "-h").says("Print this help.");

    public static final List<Setting<?>> ALL =
            Stream.of(
                            SocketSettings.ALL,
                            ProcessSettings.ALL,
                            RenewalSettings.ALL,
                            RecyclingSettings.ALL,
                            ScalingSettings.ALL,
                            HookOptions.ALL,
                            DeadlineSettings.ALL,
                            LimitSettings.ALL,
                            ControlSettings.ALL,
                            ServerSettings.ALL,
                            List.of(
                                    APP,
                                    CLASS_PATH,
                                    CONTEXT_PATH,
                                    ACCESS_LOGFILE,
                                    ACCESS_LOGFORMAT,
                                    ERROR_LOGFILE,
                                    LOG_LEVEL,
                                    CHECK,
                                    PRINT_CONFIG,
                                    VERSION,
                                    HELP))
                    .<Setting<?>>flatMap(List::stream)
                    .toList();

    private Settings() {}

    public static List<Setting<?>> of(Topic topic) {
        return ALL.stream().filter(each -> each.topic() == topic).toList();
    }

    private static Setting<Boolean> instead(String... flags) {
        return Setting.of(Topic.INSTEAD, Kind.flag(), flags).or("false");
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
