package junicorn.worker.app;

import java.util.Locale;
import java.util.regex.Pattern;

/// One `%(x)s` of an access log format: writes one fact of a request.
///
/// | atom | fact | atom | fact |
/// |---|---|---|---|
/// | `h` | remote address | `B` | bytes of the body |
/// | `l` | `-` | `b` | the same, `-` for none |
/// | `u` | user of basic authentication | `f` | referer |
/// | `t` | time of the line | `a` | user agent |
/// | `r` | request line | `T` | time taken, whole seconds |
/// | `m` | method | `M` | milliseconds |
/// | `U` | path as requested, without query | `D` | microseconds |
/// | `q` | query | `L` | seconds with six decimals |
/// | `H` | protocol | `p` | process id, as `<4711>` |
/// | `s` | status | `{name}i` `{name}o` | request and response header |
/// | | | `{name}e` | CGI variable, else request attribute |
@FunctionalInterface
interface AccessAtom {
    void write(AccessEntry entry, LogLine line);

    static AccessAtom named(String name) {
        return switch (name) {
            case "h" -> (entry, line) -> value(line, entry.remoteAddress());
            case "l" -> (_, line) -> line.literal("-");
            // the combined format has no quotes around it, and a user name may contain a space
            case "u" -> (entry, line) -> word(line, entry.user());
            case "t" -> time(new LogClock());
            case "r" -> (entry, line) -> value(line, entry.requestLine());
            case "m" -> (entry, line) -> value(line, entry.method());
            case "U" -> (entry, line) -> value(line, entry.path());
            case "q" -> (entry, line) -> value(line, entry.query());
            case "H" -> (entry, line) -> value(line, entry.protocol());
            case "f" -> (entry, line) -> value(line, entry.requestHeader("Referer"));
            case "a" -> (entry, line) -> value(line, entry.requestHeader("User-Agent"));
            case "p" -> pid(ProcessHandle.current().pid());
            default -> number(name);
        };
    }

    private static AccessAtom number(String name) {
        return switch (name) {
            case "s" -> (entry, line) -> line.number(entry.status());
            case "B" -> (entry, line) -> line.number(entry.bodyBytes());
            case "b" -> AccessAtom::bytesOrDash;
            case "T" -> (entry, line) -> line.number(entry.nanos() / 1_000_000_000);
            case "M" -> (entry, line) -> line.number(entry.nanos() / 1_000_000);
            case "D" -> (entry, line) -> line.number(entry.nanos() / 1_000);
            case "L" -> AccessAtom::decimalSeconds;
            default -> braced(name);
        };
    }

    private static AccessAtom braced(String name) {
        var matcher = Pattern.compile("\\{(?<key>[^{}]+)}(?<kind>[ioe])").matcher(name);
        if (!matcher.matches()) {
            throw new IllegalArgumentException(
                    "unknown atom %%(%s)s in the access log format; there are h l u t r m U q H s B b f a T M D L p, {header}i, {header}o and {variable}e"
                            .formatted(name));
        }
        var key = matcher.group("key");
        return switch (matcher.group("kind")) {
            case "i" -> (entry, line) -> value(line, entry.requestHeader(key));
            case "o" -> (entry, line) -> value(line, entry.responseHeader(key));
            default -> {
                var upper = key.toUpperCase(Locale.ROOT);
                yield (entry, line) -> value(line, CgiVariable.of(entry, key, upper));
            }
        };
    }

    private static AccessAtom time(LogClock clock) {
        return (_, line) -> line.literal(clock.now());
    }

    private static AccessAtom pid(long pid) {
        return (_, line) -> line.literal("<" + pid + ">");
    }

    private static void bytesOrDash(AccessEntry entry, LogLine line) {
        if (entry.bodyBytes() == 0) {
            line.literal("-");
        } else {
            line.number(entry.bodyBytes());
        }
    }

    private static void decimalSeconds(AccessEntry entry, LogLine line) {
        var micros = entry.nanos() / 1_000;
        line.number(micros / 1_000_000);
        line.literal(".");
        line.sixDigits(micros % 1_000_000);
    }

    private static void value(LogLine line, String value) {
        line.value(value.isEmpty() ? "-" : value);
    }

    private static void word(LogLine line, String value) {
        line.word(value.isEmpty() ? "-" : value);
    }
}
