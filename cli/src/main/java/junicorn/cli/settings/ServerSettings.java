package junicorn.cli.settings;

import java.util.List;

/// The server as a process: where its settings are, whose rights it has, what it finds around it.
public final class ServerSettings {
    public static final Setting<String> CONFIG =
            Setting.of(Topic.PROCESS, Kind.text("FILE"), "--config", "-c")
                    .otherwise("./junicorn.toml if it exists")
                    .says(
                            "Configuration file in TOML, with the long names of options."
                                    + " Options on the command line take precedence.");

    public static final Setting<String> CHDIR =
            Setting.of(Topic.PROCESS, Kind.text("DIR"), "--chdir")
                    .otherwise("the current directory")
                    .says(
                            "Working directory of the workers, and base of relative paths"
                                    + " (except that of -c).");

    public static final Setting<List<String>> ENV =
            Setting.of(
                            Topic.PROCESS,
                            Kind.many("NAME=VALUE", ServerSettings::variable),
                            "--env",
                            "-e")
                    .says("Environment variable for the workers. Repeatable.");

    public static final Setting<String> USER =
            Setting.of(Topic.PROCESS, Kind.text("USER"), "--user", "-u")
                    .otherwise("whoever starts the server")
                    .says(
                            "Run workers as this user, by name or number. The master stays"
                                    + " root, so it can bind ports below 1024.");

    public static final Setting<String> GROUP =
            Setting.of(Topic.PROCESS, Kind.text("GROUP"), "--group", "-g")
                    .otherwise("the group of --user")
                    .says("Run workers with this group, by name or number.");

    public static final Setting<Integer> UMASK =
            Setting.of(
                            Topic.PROCESS,
                            Kind.<Integer>one(Kind.MODE, ServerSettings::mode, "%03o"::formatted),
                            "--umask",
                            "-m")
                    .otherwise("inherited")
                    .says("Umask for files and Unix sockets, as octal digits such as 027.");

    public static final Setting<String> PID =
            Setting.of(Topic.PROCESS, Kind.text("FILE"), "--pid", "-p")
                    .says(
                            "Write the process ID of the master to this file. It is an"
                                    + " error if the file names a master that is still running.");

    public static final Setting<Boolean> DAEMON =
            Setting.of(Topic.PROCESS, Kind.flag(), "--daemon", "-D")
                    .or("false")
                    .says(
                            "Run in the background. The command exits with 0 when the"
                                    + " server is ready, or with its error if it fails to start.");

    public static final Setting<Boolean> RELOAD =
            Setting.of(Topic.PROCESS, Kind.flag(), "--reload")
                    .or("false")
                    .says(
                            "For development: reload when the WAR, or a class or jar of the"
                                    + " class path, changes.");

    static final List<Setting<?>> ALL =
            List.of(CONFIG, DAEMON, PID, USER, GROUP, UMASK, CHDIR, ENV, RELOAD);

    private ServerSettings() {}

    private static int mode(String text) {
        if (!text.matches("(0o)?[0-7]{1,4}")
                || Integer.parseInt(text.replace("0o", ""), 8) > 0777) {
            throw new Misuse("must be octal digits like 027, was '%s'".formatted(text));
        }
        return Integer.parseInt(text.replace("0o", ""), 8);
    }

    private static String variable(String text) {
        if (text.indexOf('=') < 1) {
            throw new Misuse("must be NAME=VALUE, was '%s'".formatted(text));
        }
        return text;
    }
}
