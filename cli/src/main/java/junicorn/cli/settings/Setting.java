package junicorn.cli.settings;

import static java.util.stream.Collectors.joining;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/// One setting, declared once: the option, its check, `--help`, `--print-config`, the completion
/// and the reference page follow from this.
///
/// @param flags as written on the command line, the one that names it first
/// @param environment a variable that stands in where the option is not given
/// @param fallback the value otherwise, as it would be written; empty where there is none
/// @param otherwise the fallback in words, where they say more than the value
public record Setting<T>(
        List<String> flags,
        Topic topic,
        Kind<T> kind,
        Optional<Variable> environment,
        Optional<String> fallback,
        String otherwise,
        String says) {

    /// @param name of an environment variable
    /// @param toOption what it says, as the option would say it
    public record Variable(String name, UnaryOperator<String> toOption) {}

    /// @param value where there is one: given or by default
    /// @param origin who said so, for `--print-config`
    record Resolved<T>(Optional<T> value, String origin) {}

    static <T> Setting<T> of(Topic topic, Kind<T> kind, String... flags) {
        return new Setting<>(
                List.of(flags), topic, kind, Optional.empty(), Optional.empty(), "", "");
    }

    Setting<T> or(String value) {
        return new Setting<>(flags, topic, kind, environment, Optional.of(value), otherwise, says);
    }

    Setting<T> otherwise(String words) {
        return new Setting<>(flags, topic, kind, environment, fallback, words, says);
    }

    Setting<T> environment(String variable, UnaryOperator<String> toOption) {
        var source = Optional.of(new Variable(variable, toOption));
        return new Setting<>(flags, topic, kind, source, fallback, otherwise, says);
    }

    Setting<T> says(String words) {
        return new Setting<>(flags, topic, kind, environment, fallback, otherwise, words);
    }

    /// `--graceful-timeout`: how messages speak of it.
    public String flag() {
        return flags.getFirst();
    }

    /// `graceful-timeout`
    public String name() {
        return flag().substring(2);
    }

    /// `-b, --bind`: the short form first, as manuals have it.
    public String flagsInHelp() {
        var sorted = new ArrayList<>(flags);
        sorted.sort((one, other) -> Boolean.compare(other.length() == 2, one.length() == 2));
        return String.join(", ", sorted);
    }

    public boolean isFlag() {
        return kind.label().isEmpty();
    }

    /// It says what to do, or where the file is: neither belongs into the file.
    public boolean isForTheCommandLine() {
        return topic == Topic.INSTEAD || equals(ServerSettings.CONFIG);
    }

    public String defaultInWords() {
        if (!otherwise.isEmpty()) {
            return otherwise;
        }
        return isFlag() ? "" : fallback.orElse("");
    }

    /// The strongest place counts; but whatever is written anywhere must be right.
    ///
    /// @param said the strongest place first
    Resolved<T> resolve(List<Said> said, Map<String, String> variables) {
        if (!said.isEmpty()) {
            var read = said.stream().map(one -> read(one.who(), one.texts())).toList();
            return kind.isNamed()
                    ? added(said)
                    : new Resolved<>(Optional.of(read.getFirst()), said.getFirst().origin());
        }
        if (environment.isPresent()) {
            var variable = environment.get();
            var text = variables.getOrDefault(variable.name(), "").strip();
            if (!text.isEmpty()) {
                var option = List.of(variable.toOption().apply(text));
                var origin = variable.name() + " in the environment";
                return new Resolved<>(Optional.of(read(origin, option)), origin);
            }
        }
        return new Resolved<>(fallback.map(text -> read(flag(), List.of(text))), "default");
    }

    /// The strongest last, so that it wins where two give a value to one name.
    private Resolved<T> added(List<Said> said) {
        var texts = said.reversed().stream().flatMap(one -> one.texts().stream()).toList();
        var origins = said.reversed().stream().map(Said::origin).collect(joining(", "));
        return new Resolved<>(Optional.of(read(flag(), texts)), origins);
    }

    private T read(String who, List<String> texts) {
        try {
            return kind.read().apply(texts);
        } catch (Misuse wrong) {
            throw new Misuse(who + " " + wrong.getMessage());
        }
    }
}
