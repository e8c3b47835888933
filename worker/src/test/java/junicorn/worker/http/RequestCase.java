package junicorn.worker.http;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// One file of the corpus: a request, the answers to it, and what then becomes of the connection.
/// The format is told in `requests/README.md`.
///
/// @param ends the client ends its side of the connection behind the request
record RequestCase(
        String name, String request, boolean ends, List<Expected> answers, boolean kept) {
    /// What is asked of one answer; fields and body that are not named may be as they like.
    record Expected(String statusLine, List<Answer.Field> fields, List<String> absent, Body body) {}

    /// An answer's body: which one, or any.
    sealed interface Body {
        record Any() implements Body {}

        record Exactly(String text) implements Body {}

        record NoneToHead() implements Body {}
    }

    private static final Pattern ESCAPE =
            Pattern.compile("\\\\(?:x([0-9A-Fa-f]{2})|\\{([^*{}]+)\\*(\\d+)}|(.))");

    static List<RequestCase> all() throws IOException {
        var readme = Objects.requireNonNull(RequestCase.class.getResource("/requests/README.md"));
        var folder = Path.of(URI.create(readme.toString())).resolveSibling(".");
        try (var files = Files.list(folder)) {
            var cases = new ArrayList<RequestCase>();
            for (var file : files.filter(f -> f.toString().endsWith(".http")).sorted().toList()) {
                cases.add(parse(file.getFileName().toString(), Files.readString(file)));
            }
            return cases;
        }
    }

    static RequestCase parse(String name, String text) {
        var request = new StringBuilder();
        var answers = new ArrayList<Expected>();
        var sections = text.split("(?m)^--- ", -1);
        for (int i = 1; i < sections.length - 1; i++) {
            int end = sections[i].indexOf('\n');
            var title = sections[i].substring(0, end);
            var content = sections[i].substring(end + 1);
            switch (title) {
                case "request", "request then end" ->
                        content.lines().forEach(line -> request.append(onWire(line)));
                case "answer" -> answers.add(expected(content, false));
                case "answer to HEAD" -> answers.add(expected(content, true));
                default -> throw new IllegalArgumentException(name + ": section " + title);
            }
        }
        var fate = sections[sections.length - 1].strip();
        if (answers.isEmpty() || !fate.matches("closed|kept")) {
            throw new IllegalArgumentException(name + ": no answer, or ends with " + fate);
        }
        boolean ends = sections[1].startsWith("request then end\n");
        return new RequestCase(name, request.toString(), ends, answers, fate.equals("kept"));
    }

    private static String onWire(String line) {
        boolean open = line.endsWith("\\") && !line.endsWith("\\\\");
        return unescape(open ? line.substring(0, line.length() - 1) : line + "\r\n");
    }

    private static String unescape(String text) {
        return ESCAPE.matcher(text)
                .replaceAll(
                        m -> {
                            String plain;
                            if (m.group(1) != null) {
                                plain = String.valueOf((char) Integer.parseInt(m.group(1), 16));
                            } else if (m.group(2) != null) {
                                plain = unescape(m.group(2)).repeat(Integer.parseInt(m.group(3)));
                            } else {
                                plain = letter(m.group(4));
                            }
                            return Matcher.quoteReplacement(plain);
                        });
    }

    private static String letter(String letter) {
        return switch (letter) {
            case "r" -> "\r";
            case "n" -> "\n";
            case "t" -> "\t";
            case "\\" -> "\\";
            default -> throw new IllegalArgumentException("unknown escape \\" + letter);
        };
    }

    private static Expected expected(String content, boolean toHead) {
        int blank = content.indexOf("\n\n");
        var head = blank < 0 ? content : content.substring(0, blank);
        var lines = head.lines().toList();
        var fields = new ArrayList<Answer.Field>();
        var absent = new ArrayList<String>();
        for (var line : lines.subList(1, lines.size())) {
            if (line.startsWith("!")) {
                absent.add(line.substring(1).toLowerCase(Locale.ROOT));
            } else {
                int colon = line.indexOf(':');
                fields.add(
                        new Answer.Field(
                                line.substring(0, colon), line.substring(colon + 1).strip()));
            }
        }
        Body body = new Body.Any();
        if (toHead) {
            body = new Body.NoneToHead();
        } else if (blank >= 0) {
            body = new Body.Exactly(unescape(content.substring(blank + 2)));
        }
        return new Expected(lines.getFirst(), fields, absent, body);
    }

    @Override
    public String toString() {
        return name;
    }
}
