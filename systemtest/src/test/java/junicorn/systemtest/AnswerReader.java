package junicorn.systemtest;

import java.io.EOFException;
import java.io.IOException;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/// Reads one answer off a wire, strictly: an answer that is short or malformed is an IOException.
final class AnswerReader {
    private final Wire wire;

    AnswerReader(Wire wire) {
        this.wire = wire;
    }

    Answer read() throws IOException {
        var start = line("the status line");
        var parts = start.split(" ", 3);
        if (parts.length < 2 || !parts[0].equals("HTTP/1.1") || !parts[1].matches("[1-5]\\d\\d")) {
            throw new IOException("not a status line: " + start);
        }
        int status = Integer.parseInt(parts[1]);
        var headers = headers();
        return new Answer(status, headers, body(status, headers));
    }

    private Map<String, String> headers() throws IOException {
        var headers = new TreeMap<String, String>();
        for (var line = line("the headers"); !line.isEmpty(); line = line("the headers")) {
            int colon = line.indexOf(':');
            if (colon <= 0) {
                throw new IOException("not a header: " + line);
            }
            var name = line.substring(0, colon).toLowerCase(Locale.ROOT);
            headers.merge(name, line.substring(colon + 1).strip(), (a, b) -> a + ", " + b);
        }
        return headers;
    }

    private String body(int status, Map<String, String> headers) throws IOException {
        if (status < 200 || status == 204 || status == 304) {
            return "";
        }
        if (headers.getOrDefault("transfer-encoding", "").equals("chunked")) {
            return chunks();
        }
        var length = headers.get("content-length");
        return length == null ? wire.rest() : exactly(Integer.parseInt(length), "the body");
    }

    private String chunks() throws IOException {
        var all = new StringBuilder();
        while (true) {
            int size = Integer.parseInt(line("a chunk's size"), 16);
            all.append(exactly(size, "a chunk"));
            var end = line("a chunk's end");
            if (!end.isEmpty()) {
                throw new IOException("bytes behind a chunk: " + end);
            }
            if (size == 0) {
                return all.toString();
            }
        }
    }

    private String exactly(int length, String where) throws IOException {
        var bytes = new StringBuilder(length);
        while (bytes.length() < length) {
            bytes.append(next(where, bytes));
        }
        return bytes.toString();
    }

    private String line(String where) throws IOException {
        var line = new StringBuilder();
        while (true) {
            char octet = next(where, line);
            if (octet == '\n' && line.length() > 0 && line.charAt(line.length() - 1) == '\r') {
                return line.substring(0, line.length() - 1);
            }
            line.append(octet);
        }
    }

    private char next(String where, StringBuilder soFar) throws IOException {
        int octet = wire.read();
        if (octet < 0) {
            throw new EOFException("the stream ended in " + where + " after " + soFar.length());
        }
        return (char) octet;
    }
}
