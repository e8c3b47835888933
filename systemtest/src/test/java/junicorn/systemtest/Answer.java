package junicorn.systemtest;

import java.util.Map;
import java.util.Optional;

/// One whole answer as it came over the wire. Header names are in lower case; the body is one char
/// a byte.
record Answer(int status, Map<String, String> headers, String body) {
    Optional<String> header(String name) {
        return Optional.ofNullable(headers.get(name));
    }

    boolean closes() {
        return header("connection").orElse("").equalsIgnoreCase("close");
    }
}
