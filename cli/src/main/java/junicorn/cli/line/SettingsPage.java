package junicorn.cli.line;

import java.util.stream.Collectors;
import junicorn.cli.settings.Setting;
import junicorn.cli.settings.Settings;
import junicorn.cli.settings.Topic;

/// The reference page docs/reference/settings.md. A test fails when the file is not this text.
public final class SettingsPage {
    private SettingsPage() {}

    public static String text() {
        var page =
                new StringBuilder(
                        """
                        # Settings

                        <!-- Written by ./build fix from cli/src/main/java/junicorn/cli/Settings.java. -->

                        `junicorn [OPTIONS] APP`. The command line wins over `JUNICORN_CMD_ARGS`, that over the file
                        (`junicorn.toml`, [configuration](../operating/configuration.md)), that over the variables named
                        here, those over the default. `TIME` is seconds, or like `500ms`, `30s`, `2m`; `SIZE` is bytes, or like `64k`, `1m`.
                        A value that is wrong, an unknown option and options that contradict each other end the command
                        with one line and exit code 2. `junicorn --print-config APP` prints what would be used.
                        """);
        for (var topic : Topic.values()) {
            page.append("\n## ").append(topic.title()).append("\n\n");
            page.append("| option | default | meaning |\n|---|---|---|\n");
            Settings.of(topic).forEach(setting -> page.append(row(setting)));
        }
        return page.toString();
    }

    private static String row(Setting<?> setting) {
        var flags =
                setting.flags().stream()
                        .map(flag -> code(flag + value(setting, flag)))
                        .collect(Collectors.joining("<br>"));
        var fallback = setting.defaultInWords();
        var meaning =
                setting.says()
                        + (setting.kind().choices().size() < 2
                                        || setting.says()
                                                .contains(setting.kind().choices().getFirst())
                                ? ""
                                : " One of " + String.join(", ", setting.kind().choices()) + ".")
                        + setting.environment()
                                .map(variable -> " Environment: `" + variable.name() + "`.")
                                .orElse("");
        return "| %s | %s | %s |\n"
                .formatted(
                        flags,
                        fallback.isEmpty() || !setting.otherwise().isEmpty()
                                ? fallback
                                : code(fallback),
                        meaning.replace("|", "\\|"));
    }

    private static String value(Setting<?> setting, String flag) {
        return setting.isFlag() || flag.length() == 2 ? "" : " " + setting.kind().label();
    }

    private static String code(String text) {
        return "`" + text + "`";
    }
}
