package junicorn.cli;

import java.util.List;

/// The server as a process: where its settings are, whose rights it has, what it finds around it.
final class ServerSettings {
    static final Setting<String> CONFIG =
            Setting.of(Topic.PROCESS, Kind.text("FILE"), "--config", "-c")
                    .otherwise("./junicorn.toml, where it exists")
                    .says(
                            "A file in TOML that holds options under their long names. What the"
                                    + " command line says wins.");

    static final Setting<String> CHDIR =
            Setting.of(Topic.PROCESS, Kind.text("DIR"), "--chdir")
                    .otherwise("the current directory")
                    .says(
                            "Where workers run, and what relative paths start from; but -c starts"
                                    + " where the command is called.");

    static final Setting<List<String>> ENV =
            Setting.of(
                            Topic.PROCESS,
                            Kind.many("NAME=VALUE", ServerSettings::variable),
                            "--env",
                            "-e")
                    .says("A variable in the environment of workers. Repeatable.");

    static final List<Setting<?>> ALL = List.of(CONFIG, CHDIR, ENV);

    private ServerSettings() {}

    private static String variable(String text) {
        if (text.indexOf('=') < 1) {
            throw new Misuse("must be NAME=VALUE, was '%s'".formatted(text));
        }
        return text;
    }
}
