package junicorn.worker.app;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// A class as named on the command line, perhaps with one of its methods: `pkg.Class`,
/// `pkg.Class::method`.
record NamedClass(String className, Optional<String> method) {
    private static final Pattern COMMAS = Pattern.compile("\\s*,\\s*");

    /// One, or several with commas between them: filters and the servlet behind them.
    static List<NamedClass> parse(String application) throws NoApplication {
        var names = Stream.of(COMMAS.split(application.strip(), -1)).map(NamedClass::one).toList();
        if (names.stream().anyMatch(NamedClass::isIncomplete)) {
            throw new NoApplication(
                    "\"%s\" names no class: pkg.Class, pkg.Class::method, or several with commas between them"
                            .formatted(application));
        }
        return names;
    }

    private static NamedClass one(String text) {
        int colons = text.indexOf("::");
        return colons < 0
                ? new NamedClass(text, Optional.empty())
                : new NamedClass(
                        text.substring(0, colons), Optional.of(text.substring(colons + 2)));
    }

    private boolean isIncomplete() {
        return Stream.of(className, method.orElse("m")).anyMatch(String::isBlank);
    }

    @Override
    public String toString() {
        return className + method.map("::"::concat).orElse("");
    }
}
