package junicorn.cli.settings;

import java.util.List;
import java.util.function.Function;

/// The type of a setting: how it is written, read, checked and shown.
///
/// @param label what stands for the value in `--help`; empty for a flag, which has none
/// @param repeatable whether the option may be given more than once
/// @param choices all possible values, if they can be listed
/// @param read from what was written, once for each time the option was given; throws [Misuse] with
///     words that follow the option's name: "must be at least 1, was 0"
/// @param show as it would be written
public record Kind<T>(
        String label,
        boolean repeatable,
        List<String> choices,
        Function<List<String>, T> read,
        Function<T, String> show) {
    /// The label of a whole number, which a file may have without quotes.
    public static final String NUMBER = "N";

    /// The label of a file mode, whose octal digits a file must have in quotes.
    public static final String MODE = "MODE";

    /// The label of commands, of which one name may have several.
    public static final String COMMAND = "NAME=COMMAND";

    /// Written `NAME=VALUE`: a table in the file, and what a stronger place says is added to it.
    public boolean isNamed() {
        return repeatable && label.startsWith("NAME=");
    }

    static <T> Kind<T> one(String label, Function<String, T> read, Function<T, String> show) {
        return new Kind<>(label, false, List.of(), given -> read.apply(given.getLast()), show);
    }

    static <T> Kind<List<T>> many(String label, Function<String, T> read) {
        return new Kind<>(
                label,
                true,
                List.of(),
                given -> given.stream().map(read).toList(),
                all -> String.join(" ", all.stream().map(Object::toString).toList()));
    }

    static Kind<Boolean> flag() {
        return new Kind<>(
                "", false, List.of(), given -> Boolean.valueOf(given.getLast()), String::valueOf);
    }

    static Kind<String> text(String label) {
        return one(label, Function.identity(), Function.identity());
    }

    static Kind<String> choice(String label, List<String> choices) {
        return new Kind<>(
                label, false, choices, given -> oneOf(choices, given.getLast()), text -> text);
    }

    static Kind<Integer> count(int least, int most) {
        return one(NUMBER, text -> count(text, least, most), String::valueOf);
    }

    private static String oneOf(List<String> choices, String text) {
        if (!choices.contains(text)) {
            var available = (choices.size() == 1 ? "" : "one of ") + String.join(", ", choices);
            throw new Misuse("must be %s, was '%s'".formatted(available, text));
        }
        return text;
    }

    private static int count(String text, int least, int most) {
        try {
            var number = Integer.parseInt(text);
            if (number < least) {
                throw new Misuse("must be at least %d, was %s".formatted(least, text));
            }
            if (number > most) {
                throw new Misuse("must be at most %d, was %s".formatted(most, text));
            }
            return number;
        } catch (NumberFormatException _) {
            throw new Misuse(
                    "must be a number from %d to %d, was '%s'".formatted(least, most, text));
        }
    }
}
