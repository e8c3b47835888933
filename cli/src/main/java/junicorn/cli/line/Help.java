package junicorn.cli.line;

import junicorn.cli.settings.Setting;
import junicorn.cli.settings.Settings;
import junicorn.cli.settings.Topic;

/// The text of `--help`, grouped by topic.
public final class Help {
    private static final int WIDTH = 80;
    private static final String INDENT = " ".repeat(6);

    private Help() {}

    public static String text() {
        var help =
                new StringBuilder(
                        """
                        usage: junicorn [OPTIONS] APP
                               junicorn VERB [OPTIONS]

                        Serve APP from several JVMs that share one socket. APP is a .war file, a
                        directory with WEB-INF, or a class on the class path of -C: pkg.Class or
                        pkg.Class::method, a servlet, a handler, or a method that returns one.
                        """);
        verbs(help);
        for (var topic : Topic.values()) {
            help.append('\n').append(topic.title()).append(":\n");
            Settings.of(topic).forEach(setting -> describe(setting, help));
        }
        help.append(
                """

                Options can also be set in ./junicorn.toml or the file given by -c, under their
                long names (workers = 3), or in JUNICORN_CMD_ARGS, which takes precedence over
                the file. TIME is in seconds, or 500ms, 30s, 2m; SIZE in bytes, or 64k, 1m.
                Signals to the master: TERM stops gracefully, INT at once; HUP reloads; TTIN
                and TTOU add and remove a worker; USR1 reopens log files; USR2 upgrades.
                """);
        return help.toString();
    }

    /// Of `junicorn VERB --help`.
    public static String of(Verb verb) {
        var help = new StringBuilder("usage: junicorn %s [OPTIONS]\n\n".formatted(verb.line()));
        wrap(verb.says(), help);
        help.append(
                """

                The server is found by the options it was started with: --control-socket,
                --pid, -c or --bind. Without any of them, there must be only one.
                Exit code: 0 done, 1 failed or no server found, 2 usage error.
                """);
        return help.toString();
    }

    private static void verbs(StringBuilder help) {
        help.append("\nCommands for a running server (see junicorn VERB --help):\n");
        for (var verb : Verb.values()) {
            help.append("  ").append(verb.line()).append('\n');
            wrap(verb.says(), help);
        }
    }

    private static void describe(Setting<?> setting, StringBuilder help) {
        help.append("  ").append(setting.flagsInHelp());
        if (!setting.isFlag()) {
            help.append(' ').append(setting.kind().label());
        }
        help.append('\n');
        var words = setting.says();
        if (!setting.defaultInWords().isEmpty()) {
            words += " [" + setting.defaultInWords() + "]";
        }
        wrap(words, help);
    }

    private static void wrap(String words, StringBuilder help) {
        var column = 0;
        for (var word : words.split(" ")) {
            if (column == 0 || column + 1 + word.length() > WIDTH) {
                help.append(column == 0 ? "" : "\n").append(INDENT).append(word);
                column = INDENT.length() + word.length();
            } else {
                help.append(' ').append(word);
                column += 1 + word.length();
            }
        }
        help.append('\n');
    }
}
