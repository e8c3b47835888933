package junicorn.cli.line;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import junicorn.cli.settings.Misuse;
import junicorn.cli.settings.Nearest;
import junicorn.cli.settings.ProcessSettings;
import junicorn.cli.settings.Said;
import junicorn.cli.settings.Setting;
import junicorn.cli.settings.Settings;
import junicorn.cli.settings.Source;
import picocli.CommandLine;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.OverwrittenOptionException;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/// What the command line says, word for word: for each setting the texts it was given. It knows
/// which options there are, not which values are right.
///
/// @param given a flag is given the text "true"; the application, that of `--app`
/// @param place what it is a command line of: itself, or the variable [#VARIABLE]
/// @param swallowed where the application is missing: that an option took the last word, or nothing
public record Arguments(Map<Setting<?>, List<String>> given, String place, String swallowed)
        implements Source {
    /// Options that stand in a variable, as on the command line.
    public static final String VARIABLE = "JUNICORN_CMD_ARGS";

    private static final String COMMAND_LINE = "command line";

    public static Arguments parse(String... words) {
        return parse(COMMAND_LINE, words);
    }

    /// @return nothing but an empty command line, where the variable is not set
    public static Arguments of(Map<String, String> environment) {
        var text = environment.getOrDefault(VARIABLE, "");
        var words =
                ShellWords.of(text)
                        .orElseThrow(
                                () ->
                                        new Misuse(
                                                VARIABLE
                                                        + " has a quote without its end: "
                                                        + text));
        try {
            return parse(VARIABLE, words.toArray(String[]::new));
        } catch (Misuse wrong) {
            throw new Misuse(VARIABLE + ": " + wrong.getMessage());
        }
    }

    private static Arguments parse(String place, String... words) {
        var spec = CommandSpec.create().name("junicorn");
        Settings.ALL.forEach(setting -> spec.addOption(option(setting)));
        spec.addPositional(
                PositionalParamSpec.builder().index("0").arity("0..1").paramLabel("APP").build());
        try {
            return of(place, new CommandLine(spec).parseArgs(joined(words)), words);
        } catch (UnmatchedArgumentException unknown) {
            throw unmatched(unknown.getUnmatched().getFirst());
        } catch (MissingParameterException missing) {
            throw new Misuse(name(missing.getMissing()) + " needs a value; see junicorn --help");
        } catch (OverwrittenOptionException twice) {
            throw new Misuse(
                    name(List.of(twice.getOverwritten())) + " is given twice; which one counts?");
        } catch (ParameterException other) {
            throw new Misuse(String.valueOf(other.getMessage()));
        }
    }

    public boolean has(Setting<?> flag) {
        return given.containsKey(flag);
    }

    @Override
    public Optional<Said> of(Setting<?> setting) {
        var isOurs = place.equals(COMMAND_LINE);
        var who = isOurs ? setting.flag() : place + ": " + setting.flag();
        return Optional.ofNullable(given.get(setting)).map(texts -> new Said(texts, who, place));
    }

    /// `--java-opts -verbose:gc` is one word for the parser, with a space in it: otherwise it would
    /// find our `-v` there.
    private static String[] joined(String... words) {
        var joined = new ArrayList<String>();
        var flag = ProcessSettings.JAVA_OPTS.flag();
        for (var word : words) {
            if (!joined.isEmpty() && joined.getLast().equals(flag)) {
                joined.set(joined.size() - 1, flag + "= " + word);
            } else if (word.startsWith(flag + "=")) {
                joined.add(word.replaceFirst("=", "= "));
            } else {
                joined.add(word);
            }
        }
        return joined.toArray(String[]::new);
    }

    private static OptionSpec option(Setting<?> setting) {
        var option = OptionSpec.builder(setting.flags().toArray(String[]::new));
        if (setting.isFlag()) {
            return option.arity("0..1").fallbackValue("true").type(boolean.class).build();
        }
        option.arity("1").paramLabel(setting.kind().label());
        return setting.kind().repeatable()
                ? option.type(List.class).auxiliaryTypes(String.class).build()
                : option.type(String.class).build();
    }

    private static Arguments of(String place, ParseResult parsed, String... words) {
        var given = new LinkedHashMap<Setting<?>, List<String>>();
        for (var setting : Settings.ALL) {
            var option = parsed.matchedOption(setting.flag());
            if (option != null) {
                given.put(setting, texts(setting, option));
            }
        }
        var swallowed = swallowed(given, words);
        String application = parsed.matchedPositionalValue(0, null);
        if (application != null) {
            if (given.put(Settings.APP, List.of(application)) != null) {
                throw unmatched(application);
            }
        }
        return new Arguments(given, place, swallowed);
    }

    /// `--daemon=false` takes back what a weaker place says.
    private static List<String> texts(Setting<?> setting, OptionSpec option) {
        List<String> texts = List.copyOf(option.originalStringValues());
        return setting.isFlag() && texts.stream().allMatch(String::isEmpty)
                ? List.of("true")
                : texts;
    }

    private static String swallowed(Map<Setting<?>, List<String>> given, String... words) {
        var last = words.length == 0 ? "" : words[words.length - 1];
        for (var each : given.entrySet()) {
            if (!each.getKey().isFlag() && each.getValue().getLast().equals(last)) {
                return "; %s was taken as the value of %s".formatted(last, each.getKey().flag());
            }
        }
        return "";
    }

    private static Misuse unmatched(String word) {
        if (!word.startsWith("-") || word.equals("-")) {
            return new Misuse("one application at a time; '%s' is one too many".formatted(word));
        }
        var flag = word.replaceAll("=.*", "");
        return new Misuse(
                Nearest.to(
                                flag,
                                Settings.ALL.stream()
                                        .flatMap(each -> each.flags().stream())
                                        .toList())
                        .map(near -> "unknown option %s; did you mean %s?".formatted(flag, near))
                        .orElse("unknown option %s; see junicorn --help".formatted(flag)));
    }

    private static String name(List<ArgSpec> about) {
        return about.getFirst() instanceof OptionSpec option ? option.longestName() : "APP";
    }
}
