package junicorn.worker.http;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// One whole answer as it came over the wire, one char a byte.
public record Answer(String statusLine, List<Field> fields, String body, List<Field> trailers) {
    record Field(String name, String value) {}

    public int status() {
        return Integer.parseInt(statusLine.substring(9, 12));
    }

    /// The field's values, joined as RFC 9110 allows.
    Optional<String> header(String name) {
        return values(fields, name);
    }

    Optional<String> trailer(String name) {
        return values(trailers, name);
    }

    private static Optional<String> values(List<Field> fields, String name) {
        Stream<String> values =
                fields.stream().filter(f -> f.name().equalsIgnoreCase(name)).map(Field::value);
        return values.reduce((a, b) -> a + ", " + b);
    }

    boolean closes() {
        return header("Connection").orElse("").equalsIgnoreCase("close");
    }
}
