package junicorn.worker.http;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.Promise;

/// The corpus' application: says what request it saw. Its path may ask for more:
///
/// | path starts with | answers |
/// |------------------|---------|
/// | /close           | with Connection: close |
/// | /nothing         | 204 |
/// | /pieces          | without a length, in two pieces |
/// | /early           | without reading the body |
final class Mirror extends Handler.Abstract {
    private final boolean waits;

    Mirror() {
        this(true);
    }

    /// @param waits for the body in the thread that has the request
    Mirror(boolean waits) {
        this.waits = waits;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        var path = request.getHttpURI().getCanonicalPath();
        if (path != null && path.startsWith("/nothing")) {
            response.setStatus(204);
            callback.succeeded();
            return true;
        }
        if (path != null && path.startsWith("/early")) {
            answer(request, "", response, callback);
        } else if (waits) {
            answer(request, Content.Source.asString(request), response, callback);
        } else {
            Content.Source.asString(
                    request,
                    StandardCharsets.UTF_8,
                    Promise.from(
                            body -> answer(request, body, response, callback), callback::failed));
        }
        return true;
    }

    private static void answer(Request request, String body, Response response, Callback callback) {
        var path = request.getHttpURI().getCanonicalPath();
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, "text/plain");
        if (path != null && path.startsWith("/close")) {
            response.getHeaders().put(HttpHeader.CONNECTION, "close");
        }
        if (path != null && path.startsWith("/pieces")) {
            response.write(
                    false,
                    ByteBuffer.wrap("first, ".getBytes(StandardCharsets.UTF_8)),
                    Callback.from(
                            () -> Content.Sink.write(response, true, "second\n", callback),
                            callback::failed));
            return;
        }
        Content.Sink.write(response, true, describe(request, body), callback);
    }

    private static String describe(Request request, String body) {
        var uri = request.getHttpURI();
        var text = new StringBuilder();
        text.append(request.getMethod()).append(' ').append(uri.getPathQuery()).append(' ');
        text.append(request.getConnectionMetaData().getHttpVersion().asString()).append('\n');
        text.append("for ").append(Request.getServerName(request)).append('\n');
        for (var field : request.getHeaders()) {
            if (field.getName().toLowerCase(Locale.ROOT).startsWith("x-")) {
                append(text, "", field);
            }
        }
        if (!body.isEmpty()) {
            text.append("body ").append(body).append('\n');
        }
        var trailers = request.getTrailers();
        if (trailers != null) {
            trailers.forEach(field -> append(text, "trailer ", field));
        }
        return text.toString();
    }

    private static void append(StringBuilder text, String what, HttpField field) {
        var name = field.getName().toLowerCase(Locale.ROOT);
        text.append(what).append(name).append(": ").append(field.getValue()).append('\n');
    }
}
