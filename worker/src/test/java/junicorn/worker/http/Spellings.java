package junicorn.worker.http;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// Other spellings of a path: what could be taken for it by somebody, made from classes of changes.
final class Spellings {
    /// What may stand where a slash does.
    private static final List<String> SEPARATORS =
            words(
                    """
                    // /// /;/ /;p/ /;p=1;q/ //;p/ /;p// /./ /.// //./ ;p/
                    /x/../ //x/../ /x//../ //../ /../ /.;p/ /..;p/ /x/..;p/ /%20/../
                    /%2e/ /%2e%2e/ /x/%2e%2e/ /x/.%2e/ /%252e/ /x/%252e%252e/ /%c0%ae/ /x/%u002e%u002e/
                    /%2f %2f %2F /x/..%2f /x%2f../ /x%2f..%2f %252f %c0%af %u002f /%u002f
                    \\ /\\ %5c /x/..\\ /x/..%5c %255c
                    /%3b/../ /%3b/ /..%3b/ /%2e%2e%3b/ /%00/ /%09/ /%0a/ /%ff/ %ff/
                    """);

    /// Those that are tried at two places at once, and with each end.
    private static final List<String> COMMON = words("/ // /;p/ /./ /x/../ %2f \\ %252f");

    /// What may stand behind.
    private static final List<String> ENDS =
            words(
                    """
                    / // /. /./ /x/.. ;p ;p=1/ ;jsessionid=1 /;p . .. %2e /%2e %2f %252f %00 %20 \\ %5c
                    %3b %3bp ? ?// # %23
                    """);

    private Spellings() {}

    private static List<String> words(String text) {
        return List.of(text.strip().split("\\s+"));
    }

    /// @param segments of the path in question, and whatever lies in front of it
    static Set<String> of(String... segments) {
        var all = new LinkedHashSet<String>();
        for (int first = 0; first < segments.length; first++) {
            for (var separator : SEPARATORS) {
                all.add(joined(segments, first, separator, -1, "/"));
            }
            for (var separator : COMMON) {
                for (var end : ENDS) {
                    all.add(joined(segments, first, separator, -1, "/") + end);
                }
                for (int second = first + 1; second < segments.length; second++) {
                    for (var other : COMMON) {
                        all.add(joined(segments, first, separator, second, other));
                    }
                }
            }
            all.addAll(otherLetters(segments, first));
        }
        return all;
    }

    private static String joined(
            String[] segments, int first, String separator, int second, String other) {
        var path = new StringBuilder();
        for (int i = 0; i < segments.length; i++) {
            path.append(i == first ? separator : i == second ? other : "/").append(segments[i]);
        }
        return path.toString();
    }

    private static List<String> otherLetters(String[] segments, int at) {
        var spelled = new ArrayList<String>();
        var segment = segments[at];
        if (!segment.isEmpty()) {
            var hex = "%02x".formatted((int) segment.charAt(0));
            for (var first : List.of("%" + hex, "%25" + hex, "%u00" + hex)) {
                spelled.add(first + segment.substring(1));
            }
            spelled.add(segment.toUpperCase(Locale.ROOT));
            spelled.add(segment + ".");
            spelled.add(segment + ";p");
        }
        return spelled.stream()
                .map(
                        other -> {
                            var changed = segments.clone();
                            changed[at] = other;
                            return joined(changed, -1, "", -1, "");
                        })
                .toList();
    }
}
