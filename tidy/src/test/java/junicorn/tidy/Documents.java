package junicorn.tidy;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/// Links lead somewhere, and nothing names a place that only one machine has.
final class Documents implements Rule {
    private static final Pattern LINK = Pattern.compile("\\]\\(<?([^)\\s>]+)>?[^)]*\\)");
    private static final Pattern ELSEWHERE = Pattern.compile("[a-z][a-z0-9+.-]*:.*|#.*");
    private static final Pattern MACHINE_PATH =
            Pattern.compile("(?<![\\w.$}])/(?:root|work|home/\\w+|Users/\\w+)(?=[/\\s\"'`),;:]|$)");

    @Override
    public List<Violation> violations(Snapshot snapshot) {
        var violations = new ArrayList<Violation>();
        for (var file : snapshot.files()) {
            var lines = file.lines();
            for (int i = 0; i < lines.size(); i++) {
                if (file.isMarkdown()) {
                    deadLinks(snapshot, file, i + 1, lines.get(i), violations);
                }
                var place = MACHINE_PATH.matcher(lines.get(i));
                if (place.find()) {
                    var what = "only one machine has " + place.group();
                    violations.add(new Violation(file.path(), i + 1, what));
                }
            }
        }
        return violations;
    }

    private static void deadLinks(
            Snapshot snapshot, TextFile file, int line, String text, List<Violation> violations) {
        var link = LINK.matcher(text);
        while (link.find()) {
            var target = link.group(1);
            if (!ELSEWHERE.matcher(target).matches() && !snapshot.exists(resolve(file, target))) {
                violations.add(new Violation(file.path(), line, "dead link: " + target));
            }
        }
    }

    /// The linked path from the root; a link that leaves the project stays one that does not exist.
    private static String resolve(TextFile file, String target) {
        var path = target.replaceAll("#.*", "");
        var resolved = URI.create("/" + file.path()).resolve(path).normalize().getPath();
        return resolved.replaceAll("^/|/$", "");
    }
}
