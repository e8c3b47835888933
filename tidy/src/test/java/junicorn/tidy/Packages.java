package junicorn.tidy;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// A package is a concept: it has a name that says one, and null does not cross its methods.
final class Packages implements Rule {
    private static final Set<String> EMPTY_WORDS =
            Set.of("util", "utils", "impl", "common", "model", "manager", "helper", "misc");

    @Override
    public List<Violation> violations(Snapshot snapshot) {
        var violations = new ArrayList<Violation>();
        var firstOf = new HashMap<String, JavaFile>();
        var nullMarked = new HashSet<String>();
        for (var file : snapshot.javaFiles()) {
            // By module and package: a test shares the package-info of the main sources.
            var where = file.path().replaceAll("/src/.*", "") + ":" + file.packageName();
            if (!file.packageName().isEmpty()) {
                firstOf.putIfAbsent(where, file);
            }
            if (file.file().name().equals("package-info.java") && isNullMarked(file)) {
                nullMarked.add(where);
            }
        }
        firstOf.forEach(
                (where, file) -> {
                    if (!nullMarked.contains(where)) {
                        var what = "package without a @NullMarked package-info.java";
                        violations.add(new Violation(file.path(), 1, what));
                    }
                    for (var word : file.packageName().split("\\.")) {
                        if (EMPTY_WORDS.contains(word)) {
                            var what = "a package named '%s' says nothing".formatted(word);
                            violations.add(new Violation(file.path(), 1, what));
                        }
                    }
                });
        return violations;
    }

    private static boolean isNullMarked(JavaFile file) {
        return Names.in(file).said().stream().anyMatch(said -> said.name().equals("NullMarked"));
    }
}
