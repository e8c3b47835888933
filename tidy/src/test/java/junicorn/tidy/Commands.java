package junicorn.tidy;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/// What the distribution puts on a PATH: lower-case words without an ending, for the plain shell.
final class Commands implements Rule {
    private static final Pattern FOLDER = Pattern.compile("(.*/)?bin");
    private static final Pattern NAME = Pattern.compile("[a-z]+(-[a-z]+)*");

    @Override
    public List<Violation> violations(Snapshot snapshot) {
        var violations = new ArrayList<Violation>();
        for (var file : snapshot.files()) {
            if (!FOLDER.matcher(file.folder()).matches()) {
                continue;
            }
            if (!NAME.matcher(file.name()).matches()) {
                var what = "a command is lower-case words without an ending";
                violations.add(new Violation(file.path(), 1, what));
            }
            if (!file.text().startsWith("#!/bin/sh\n")) {
                violations.add(new Violation(file.path(), 1, "a command starts with #!/bin/sh"));
            }
        }
        return violations;
    }
}
