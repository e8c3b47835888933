package junicorn.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
/// @param given a flag is given the text "true"
/// @param swallowed where the application is missing: that an option took the last word, or nothing
record Arguments(
        Map<Setting<?>, List<String>> given, Optional<String> application, String swallowed) {

    static Arguments parse(String... words) {
        var spec = CommandSpec.create().name("junicorn");
        Settings.ALL.forEach(setting -> spec.addOption(option(setting)));
        spec.addPositional(
                PositionalParamSpec.builder().index("0").arity("0..1").paramLabel("APP").build());
        try {
            return of(new CommandLine(spec).parseArgs(joined(words)), words);
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

    boolean has(Setting<?> flag) {
        return given.containsKey(flag);
    }

    List<String> of(Setting<?> setting) {
        return given.getOrDefault(setting, List.of());
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
            return option.arity("0").type(boolean.class).build();
        }
        option.arity("1").paramLabel(setting.kind().label());
        return setting.kind().repeatable()
                ? option.type(List.class).auxiliaryTypes(String.class).build()
                : option.type(String.class).build();
    }

    private static Arguments of(ParseResult parsed, String... words) {
        var given = new LinkedHashMap<Setting<?>, List<String>>();
        for (var setting : Settings.ALL) {
            var option = parsed.matchedOption(setting.flag());
            if (option != null) {
                var texts = option.originalStringValues();
                given.put(setting, setting.isFlag() ? List.of("true") : List.copyOf(texts));
            }
        }
        return new Arguments(
                given,
                Optional.ofNullable(parsed.matchedPositionalValue(0, null)),
                swallowed(given, words));
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
