package junicorn.cli.plan;

import static java.util.stream.Collectors.joining;

import java.util.List;
import junicorn.cli.settings.Kind;
import junicorn.cli.settings.ProcessSettings;
import junicorn.cli.settings.Setting;
import junicorn.cli.settings.Settings;
import junicorn.cli.settings.Topic;
import junicorn.cli.settings.Values;

/// The text of `--print-config`: a configuration file with every setting, and behind each that is
/// not the default who said so.
public final class Report {
    private Report() {}

    /// @param plan fills in what nobody said: how many workers
    public static String text(Values values, MemoryPlan plan) {
        var report = new StringBuilder();
        for (var setting : Settings.ALL) {
            if (setting.isForTheCommandLine()) {
                continue;
            }
            var value = value(setting, values);
            var origin = values.origin(setting);
            if (setting.equals(ProcessSettings.WORKERS) && value.isEmpty()) {
                value = String.valueOf(plan.workers());
                origin = plan.reason();
            }
            report.append(line(setting, value, origin)).append('\n');
        }
        return report.toString();
    }

    /// A comment where there is no value, or where to say even the default would mean something:
    /// options of scaling choose its rule.
    private static String line(Setting<?> setting, String value, String origin) {
        var line = "%s = %s".formatted(setting.name(), value).strip();
        if (!origin.equals("default")) {
            return "%-40s # %s".formatted(line, origin);
        }
        return value.isEmpty() || setting.topic() == Topic.SCALING ? "# " + line : line;
    }

    /// As TOML has it; nothing where there is none.
    @SuppressWarnings("unchecked") // the T of a setting whose value is a list is that list
    private static <T> String value(Setting<T> setting, Values values) {
        var value = values.find(setting);
        if (value.isPresent() && value.get() instanceof List<?> many) {
            return many.stream()
                    .map(one -> setting.kind().show().apply((T) List.of(one)))
                    .filter(text -> !text.isEmpty())
                    .map(Report::quoted)
                    .collect(joining(", ", "[", "]"));
        }
        var bare = setting.isFlag() || setting.kind().label().equals(Kind.NUMBER);
        return values.show(setting).map(text -> bare ? text : quoted(text)).orElse("");
    }

    /// `"a \"b\""`
    private static String quoted(String text) {
        return text.chars().mapToObj(Report::escaped).collect(joining("", "\"", "\""));
    }

    private static String escaped(int letter) {
        if (letter == '"' || letter == '\\') {
            return "\\" + (char) letter;
        }
        return letter < ' ' || letter == 0x7f
                ? "\\u%04X".formatted(letter)
                : Character.toString(letter);
    }
}
