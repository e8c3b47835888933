package junicorn.worker.http;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// Reads one answer, strictly: what is short or malformed is an IOException.
final class AnswerReader {
    private final InputStream in;
    private final StringBuilder body = new StringBuilder();
    private List<Answer.Field> trailers = List.of();

    AnswerReader(InputStream in) {
        this.in = in;
    }

    Answer read(boolean toHead) throws IOException {
        var statusLine = line("the status line");
        if (!statusLine.matches("HTTP/1\\.1 [1-5]\\d\\d .*")) {
            throw new IOException("not a status line: " + statusLine);
        }
        var head = new Answer(statusLine, fields(), "", List.of());
        if (!toHead && head.status() >= 200 && head.status() != 204 && head.status() != 304) {
            readBody(head);
        }
        return new Answer(statusLine, head.fields(), body.toString(), trailers);
    }

    private void readBody(Answer head) throws IOException {
        var length = head.header("Content-Length");
        if (head.header("Transfer-Encoding").orElse("").equals("chunked")) {
            if (length.isPresent()) {
                throw new IOException("both Content-Length and chunked");
            }
            readChunks();
        } else if (length.isPresent()) {
            exactly(Integer.parseInt(length.get()), "the body");
        } else {
            for (int octet = in.read(); octet >= 0; octet = in.read()) {
                body.append((char) octet);
            }
        }
    }

    private void readChunks() throws IOException {
        while (true) {
            int size = Integer.parseInt(line("a chunk's size"), 16);
            if (size == 0) {
                trailers = fields();
                return;
            }
            exactly(size, "a chunk");
            if (!line("a chunk's end").isEmpty()) {
                throw new IOException("a chunk is longer than it says");
            }
        }
    }

    private void exactly(int length, String where) throws IOException {
        var bytes = in.readNBytes(length);
        if (bytes.length < length) {
            throw new EOFException(
                    "the stream ended in " + where + " after " + bytes.length + " of " + length);
        }
        body.append(new String(bytes, StandardCharsets.ISO_8859_1));
    }

    private List<Answer.Field> fields() throws IOException {
        var fields = new ArrayList<Answer.Field>();
        for (var line = line("the fields"); !line.isEmpty(); line = line("the fields")) {
            int colon = line.indexOf(':');
            if (colon <= 0) {
                throw new IOException("not a field: " + line);
            }
            fields.add(
                    new Answer.Field(line.substring(0, colon), line.substring(colon + 1).strip()));
        }
        return List.copyOf(fields);
    }

    private String line(String where) throws IOException {
        var line = new StringBuilder();
        for (int octet = in.read(); octet != '\n'; octet = in.read()) {
            if (octet < 0) {
                throw new EOFException("the stream ended in " + where + ": " + line);
            }
            line.append((char) octet);
        }
        if (line.isEmpty() || line.charAt(line.length() - 1) != '\r') {
            throw new IOException("a line without CR in " + where + ": " + line);
        }
        return line.substring(0, line.length() - 1);
    }
}
