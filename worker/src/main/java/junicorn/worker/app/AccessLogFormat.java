package junicorn.worker.app;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Gunicorn's access log format, compiled once into a list of parts: text and `%(x)s` atoms.
///
/// What is wrong with a format is said here, at start, and not found out by the first request.
final class AccessLogFormat {
    private static final Pattern PART =
            Pattern.compile("%%|%\\((?<atom>[^)]*)\\)(?<conversion>.?)|%");

    private final List<AccessAtom> parts;

    private AccessLogFormat(List<AccessAtom> parts) {
        this.parts = parts;
    }

    /// [IllegalArgumentException] names what is wrong and what would be right.
    static AccessLogFormat compile(String format) {
        var parts = new ArrayList<AccessAtom>();
        var matcher = PART.matcher(format);
        var end = 0;
        while (matcher.find()) {
            text(parts, format.substring(end, matcher.start()));
            end = matcher.end();
            if (matcher.group().equals("%%")) {
                text(parts, "%");
            } else {
                parts.add(atom(matcher));
            }
        }
        text(parts, format.substring(end));
        text(parts, "\n");
        return new AccessLogFormat(List.copyOf(parts));
    }

    LogLine line(AccessEntry entry) {
        var line = new LogLine();
        for (var part : parts) {
            part.write(entry, line);
        }
        return line;
    }

    private static void text(List<AccessAtom> parts, String text) {
        if (!text.isEmpty()) {
            var bytes = text.getBytes(StandardCharsets.UTF_8);
            parts.add((_, line) -> line.literal(bytes));
        }
    }

    private static AccessAtom atom(Matcher matcher) {
        if (matcher.group("atom") == null || !matcher.group("conversion").equals("s")) {
            throw new IllegalArgumentException(
                    "\"%s\" in the access log format: an atom is written %%(h)s, a percent sign %%%%"
                            .formatted(matcher.group()));
        }
        return AccessAtom.named(matcher.group("atom"));
    }
}
