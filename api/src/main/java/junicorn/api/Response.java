package junicorn.api;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/// A complete answer. Immutable, so one that never changes is made once and given to every request.
///
/// `Content-Length`, `Date` and what else the protocol wants are added when it is sent.
public final class Response {
    private static final byte[] NOTHING = {};
    private static final List<Field> TEXT = type("text/plain;charset=utf-8");
    private static final List<Field> HTML = type("text/html;charset=utf-8");
    private static final List<Field> JSON = type("application/json");

    private final int status;
    private final List<Field> fields;
    private final byte[] body;

    private Response(int status, List<Field> fields, byte[] body) {
        if (status < 200 || status > 599) {
            throw new IllegalArgumentException("a status is 200 to 599, was " + status);
        }
        this.status = status;
        this.fields = fields;
        this.body = body;
    }

    /// The array is not copied: do not change it any more.
    public static Response of(int status, List<Field> fields, byte[] body) {
        return new Response(status, List.copyOf(fields), body);
    }

    /// Without a body.
    public static Response of(int status) {
        return new Response(status, List.of(), NOTHING);
    }

    /// 200 and UTF-8.
    public static Response text(String text) {
        return new Response(200, TEXT, text.getBytes(StandardCharsets.UTF_8));
    }

    /// 200 and UTF-8.
    public static Response html(String page) {
        return new Response(200, HTML, page.getBytes(StandardCharsets.UTF_8));
    }

    /// 200; the text is JSON already.
    public static Response json(String json) {
        return json(json.getBytes(StandardCharsets.UTF_8));
    }

    /// 200; the bytes are JSON already, and are not copied: do not change them any more.
    public static Response json(byte[] json) {
        return new Response(200, JSON, json);
    }

    /// The same with one more field.
    public Response with(String name, String value) {
        var more = new ArrayList<>(fields);
        more.add(new Field(name, value));
        return new Response(status, List.copyOf(more), body);
    }

    /// The same with another status.
    public Response with(int otherStatus) {
        return new Response(otherStatus, fields, body);
    }

    /// For a handler that knows the answer at once.
    public CompletionStage<Response> now() {
        return CompletableFuture.completedFuture(this);
    }

    public int status() {
        return status;
    }

    public List<Field> fields() {
        return fields;
    }

    /// Not a copy: do not change it.
    public byte[] body() {
        return body;
    }

    @Override
    public String toString() {
        return status + " " + fields + " " + body.length + " bytes";
    }

    private static List<Field> type(String value) {
        return List.of(new Field("Content-Type", value));
    }
}
