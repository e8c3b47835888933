package junicorn.tidy;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/// What must not stay: notes to oneself, prints, sleeping and skipped tests.
final class Leftovers implements Rule {
    private static final Pattern NOTE = Pattern.compile("\\b(TO" + "DO|FIX" + "ME|XX" + "X)\\b");
    private static final Set<String> SKIPS =
            Set.of("Disabled", "Assumptions", "assumeTrue", "assumeFalse", "assumeThat");

    /// These print results, and nothing else: their standard output is their purpose.
    private static final Set<String> PRINTERS = Set.of("junicorn.cli", "junicorn.bench");

    @Override
    public List<Violation> violations(Snapshot snapshot) {
        var violations = new ArrayList<Violation>();
        snapshot.files().forEach(file -> notes(file, violations));
        for (var file : snapshot.javaFiles()) {
            for (var said : Names.in(file).said()) {
                leftover(file, said.name())
                        .map(what -> file.violation(said.where(), what))
                        .ifPresent(violations::add);
            }
        }
        return violations;
    }

    private static void notes(TextFile file, List<Violation> violations) {
        var lines = file.lines();
        for (int i = 0; i < lines.size(); i++) {
            var note = NOTE.matcher(lines.get(i));
            if (note.find()) {
                violations.add(new Violation(file.path(), i + 1, note.group() + " left over"));
            }
        }
    }

    private static Optional<String> leftover(JavaFile file, String name) {
        if (name.endsWith(".printStackTrace") && !file.packageName().equals("junicorn.log")) {
            return Optional.of("log the exception instead of printing it");
        }
        if (name.equals("System.out")
                && file.packageName().startsWith("junicorn.")
                && !file.file().isTest()
                && !PRINTERS.contains(file.packageName())) {
            return Optional.of("only the command line prints to standard output");
        }
        if (file.file().isTest() && name.endsWith(".sleep")) {
            return Optional.of("await a condition with a deadline instead of sleeping");
        }
        var simpleName = name.substring(name.lastIndexOf('.') + 1);
        if (file.file().isTest() && SKIPS.contains(simpleName)) {
            return Optional.of("no test is skipped: " + simpleName);
        }
        return Optional.empty();
    }
}
