package junicorn.control;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// Names and values as text, one `name=value` a line: what a message looks like on the wire.
///
/// Names are our own words. In values a backslash, a newline and a carriage return are written
/// as `\\`, `\n` and `\r`; everything else stands for itself. A reader ignores unknown names.
final class Fields {
    private final Map<String, String> values = new LinkedHashMap<>();

    static Fields parse(String text) {
        var fields = new Fields();
        text.lines()
                .forEach(
                        line -> {
                            var equals = line.indexOf('=');
                            if (equals < 0) {
                                throw new IllegalArgumentException("no '=' in: " + line);
                            }
                            fields.put(
                                    line.substring(0, equals),
                                    unescape(line.substring(equals + 1)));
                        });
        return fields;
    }

    Fields put(String name, String value) {
        values.put(name, value);
        return this;
    }

    Fields put(String name, long value) {
        return put(name, Long.toString(value));
    }

    Fields put(String name, boolean value) {
        return put(name, Boolean.toString(value));
    }

    /// In milliseconds: finer parts are lost.
    Fields put(String name, Duration value) {
        return put(name, value.toMillis());
    }

    Optional<String> optional(String name) {
        return Optional.ofNullable(values.get(name));
    }

    String text(String name) {
        var value = values.get(name);
        if (value == null) {
            throw new IllegalArgumentException("no field " + name);
        }
        return value;
    }

    long number(String name) {
        return Long.parseLong(text(name));
    }

    int count(String name) {
        return Integer.parseInt(text(name));
    }

    boolean flag(String name) {
        return Boolean.parseBoolean(text(name));
    }

    Duration duration(String name) {
        return Duration.ofMillis(number(name));
    }

    @Override
    public String toString() {
        var text = new StringBuilder();
        values.forEach((name, value) -> escape(value, text.append(name).append('=')).append('\n'));
        return text.toString();
    }

    private static StringBuilder escape(String value, StringBuilder into) {
        for (int i = 0; i < value.length(); i++) {
            var c = value.charAt(i);
            switch (c) {
                case '\\' -> into.append("\\\\");
                case '\n' -> into.append("\\n");
                case '\r' -> into.append("\\r");
                default -> into.append(c);
            }
        }
        return into;
    }

    private static String unescape(String text) {
        if (text.indexOf('\\') < 0) {
            return text;
        }
        var value = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            var c = text.charAt(i);
            if (c == '\\' && i + 1 < text.length()) {
                i++;
                c = text.charAt(i);
                c = c == 'n' ? '\n' : c == 'r' ? '\r' : c;
            }
            value.append(c);
        }
        return value.toString();
    }
}
