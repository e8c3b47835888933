package junicorn.tidy;

import com.sun.source.tree.MethodTree;
import com.sun.source.util.TreeScanner;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// One idea a file, one screen a method, one page for an overview.
final class Lengths implements Rule {
    static final int FILE_LINES_MAX = 300;
    static final int METHOD_LINES_MAX = 40;
    private static final Map<String, Integer> PAGES =
            Map.of("ARCHITECTURE.md", 150, "CONTRIBUTING.md", 100);

    @Override
    public List<Violation> violations(Snapshot snapshot) {
        var violations = new ArrayList<Violation>();
        for (var file : snapshot.files()) {
            int linesMax =
                    file.isJava()
                            ? FILE_LINES_MAX
                            : PAGES.getOrDefault(file.path(), Integer.MAX_VALUE);
            int lines = file.lines().size();
            if (lines > linesMax) {
                var what = "%d lines, at most %d".formatted(lines, linesMax);
                violations.add(new Violation(file.path(), lines, what));
            }
        }
        snapshot.javaFiles().forEach(file -> methods(file, violations));
        return violations;
    }

    /// From the first annotation or modifier to the closing brace; the doc comment is free.
    private static void methods(JavaFile file, List<Violation> violations) {
        new TreeScanner<Void, Void>() {
            @Override
            public Void visitMethod(MethodTree method, Void unused) {
                var lines = file.lastLine(method) - file.firstLine(method) + 1;
                if (lines > METHOD_LINES_MAX) {
                    var what =
                            "method %s has %d lines, at most %d"
                                    .formatted(method.getName(), lines, METHOD_LINES_MAX);
                    violations.add(file.violation(method, what));
                }
                return super.visitMethod(method, null);
            }
        }.scan(file.tree(), null);
    }
}
