package junicorn.cli.settings;

import java.util.List;

/// The server as a process: where its settings are, whose rights it has, what it finds around it.
public final class ServerSettings {
    public static final Setting<String> CONFIG =
            Setting.of(Topic.PROCESS, Kind.text("FILE"), "--config", "-c")
                    .otherwise("./junicorn.toml, where it exists")
                    .says(
                            "A file in TOML that holds options under their long names. What the"
                                    + " command line says wins.");

    public static final Setting<String> CHDIR =
            Setting.of(Topic.PROCESS, Kind.text("DIR"), "--chdir")
                    .otherwise("the current directory")
                    .says(
                            "Where workers run, and what relative paths start from; but -c starts"
                                    + " where the command is called.");

    public static final Setting<List<String>> ENV =
            Setting.of(
                            Topic.PROCESS,
                            Kind.many("NAME=VALUE", ServerSettings::variable),
                            "--env",
                            "-e")
                    .says("A variable in the environment of workers. Repeatable.");

    public static final Setting<String> USER =
            Setting.of(Topic.PROCESS, Kind.text("USER"), "--user", "-u")
                    .otherwise("who starts the server")
                    .says(
                            "Whose rights workers have, by name or number; the master stays root,"
                                    + " and binds ports below 1024.");

    public static final Setting<String> GROUP =
            Setting.of(Topic.PROCESS, Kind.text("GROUP"), "--group", "-g")
                    .otherwise("that of the user")
                    .says("The group of workers, by name or number.");

    public static final Setting<Integer> UMASK =
            Setting.of(
                            Topic.PROCESS,
                            Kind.<Integer>one(Kind.MODE, ServerSettings::mode, "%03o"::formatted),
                            "--umask",
                            "-m")
                    .otherwise("that of who starts the server")
                    .says(
                            "Rights that new files and Unix-domain sockets do not get, in octal"
                                    + " digits like 027.");

    public static final Setting<String> PID =
            Setting.of(Topic.PROCESS, Kind.text("FILE"), "--pid", "-p")
                    .says(
                            "A file that names the master while it lives. One that names a master"
                                    + " that lives is an error.");

    public static final Setting<Boolean> DAEMON =
            Setting.of(Topic.PROCESS, Kind.flag(), "--daemon", "-D")
                    .or("false")
                    .says(
                            "Serve in the background. The command ends when the server serves, with"
                                    + " 0, or has failed.");

    public static final Setting<Boolean> RELOAD =
            Setting.of(Topic.PROCESS, Kind.flag(), "--reload")
                    .or("false")
                    .says(
                            "For development: reload when the WAR, or classes or jars of the class"
                                    + " path, have changed.");

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
