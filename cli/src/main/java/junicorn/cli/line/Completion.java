package junicorn.cli.line;

import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import junicorn.cli.settings.Setting;
import junicorn.cli.settings.Settings;

/// The completion script for bash. A test fails when the file in the distribution is not this text.
public final class Completion {
    private static final Set<String> FILES = Set.of("FILE", "PATH[:PATH]");

    private Completion() {}

    public static String text() {
        return """
        # bash completion for junicorn; written by ./build fix from the settings
        _junicorn() {
            local current=${COMP_WORDS[COMP_CWORD]} previous=${COMP_WORDS[COMP_CWORD - 1]}
            COMPREPLY=()
            case $previous in
        %s    esac
            if [[ $COMP_CWORD == 1 && $current == [a-z]* ]]; then
                COMPREPLY=($(compgen -W "%s" -- "$current"))
            fi
            if [[ $current == -* ]]; then
                COMPREPLY=($(compgen -W "%s" -- "$current"))
            else
                compopt -o filenames
                mapfile -t -O ${#COMPREPLY[@]} COMPREPLY < <(compgen -f -X '!*.war' -- "$current"; compgen -d -- "$current")
            fi
        }
        complete -F _junicorn junicorn
        """
                .formatted(
                        cases(),
                        words(Arrays.stream(Verb.values()).map(Verb::word)),
                        words(Settings.ALL.stream().flatMap(Completion::flags)));
    }

    /// After an option with a value: its choices, files, or nothing we could know.
    private static String cases() {
        return Settings.ALL.stream()
                .filter(setting -> !setting.isFlag())
                .map(Completion::oneCase)
                .collect(Collectors.joining());
    }

    private static String oneCase(Setting<?> setting) {
        var choices = setting.kind().choices();
        var answer =
                FILES.contains(setting.kind().label())
                        ? "COMPREPLY=($(compgen -f -- \"$current\")) && return"
                        : choices.isEmpty()
                                ? "return"
                                : "COMPREPLY=($(compgen -W \"%s\" -- \"$current\")) && return"
                                        .formatted(words(choices.stream()));
        return "    %s) %s ;;\n"
                .formatted(flags(setting).collect(Collectors.joining(" | ")), answer);
    }

    private static Stream<String> flags(Setting<?> setting) {
        return setting.flags().stream();
    }

    private static String words(Stream<String> words) {
        return words.collect(Collectors.joining(" "));
    }
}
