package junicorn.cli.line;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import junicorn.cli.settings.Misuse;
import junicorn.cli.settings.Nearest;

/// A command line that asks a running server, taken apart.
///
/// @param flags of the verb that were given
/// @param rest options of the server, which say where it is
public record Asked(Verb verb, Set<String> flags, Optional<Integer> number, Arguments rest) {

    /// Empty if it is none: then it starts a server.
    public static Optional<Asked> parse(String... words) {
        return words.length == 0
                ? Optional.empty()
                : verb(words[0]).map(verb -> parse(verb, List.of(words)));
    }

    /// What looks like a verb and is nothing else is one with a mistake in it.
    private static Optional<Verb> verb(String word) {
        var verb = Verb.of(word);
        if (verb.isEmpty() && word.matches("[a-z]{5,}") && !Files.exists(Path.of(word))) {
            var known = Arrays.stream(Verb.values()).map(Verb::word).toList();
            Nearest.to(word, known)
                    .ifPresent(
                            near -> {
                                throw new Misuse(
                                        "no verb and no application is called %s; did you mean %s?"
                                                .formatted(word, near));
                            });
        }
        return verb;
    }

    private static Asked parse(Verb verb, List<String> words) {
        var flags = new HashSet<String>();
        var number = Optional.<Integer>empty();
        var rest = new ArrayList<String>();
        var before = verb.word();
        for (var word : words.subList(1, words.size())) {
            if (verb.flags().contains(word)) {
                flags.add(word);
            } else if (verb.takesNumber() && number.isEmpty() && isNumber(word, before)) {
                number = Optional.of(Integer.parseInt(word));
            } else {
                rest.add(word);
            }
            before = word;
        }
        if (verb == Verb.SCALE && number.isEmpty() && !rest.contains("--help")) {
            throw new Misuse("scale needs the number of workers: junicorn " + verb.line());
        }
        if (verb == Verb.SCALE && number.filter(each -> each < 1).isPresent()) {
            throw new Misuse("scale: the number of workers must be at least 1, was 0");
        }
        return new Asked(verb, flags, number, Arguments.parse(rest.toArray(String[]::new)));
    }

    /// Not the value of an option.
    private static boolean isNumber(String word, String before) {
        var after = before.startsWith("-") && !before.contains("=") && !before.equals("--json");
        return word.matches("\\d{1,6}") && !after;
    }

    public boolean has(String flag) {
        return flags.contains(flag);
    }
}
