package junicorn.worker.app;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.jspecify.annotations.Nullable;

/// A request that Jetty has answered.
record ServedEntry(Request request, Response response, long nanos) implements AccessEntry {
    private static final String BASIC = "Basic ";

    /// Of a request that took too long: the status that was sent, not the application's.
    private static final String ANSWERED_INSTEAD = "junicorn.answeredInstead";

    @Override
    public String remoteAddress() {
        return orEmpty(Request.getRemoteAddr(request));
    }

    /// The name that the client claims, whether or not the application believed it.
    @Override
    public String user() {
        var credentials = requestHeader("Authorization");
        if (!credentials.regionMatches(true, 0, BASIC, 0, BASIC.length())) {
            return "";
        }
        try {
            var encoded = credentials.substring(BASIC.length()).strip();
            var pair = new String(Base64.getDecoder().decode(encoded), StandardCharsets.UTF_8);
            var colon = pair.indexOf(':');
            return colon < 0 ? "" : pair.substring(0, colon);
        } catch (IllegalArgumentException notBase64) {
            return "";
        }
    }

    @Override
    public String requestLine() {
        return method() + " " + target() + " " + protocol();
    }

    @Override
    public String method() {
        return orEmpty(request.getMethod());
    }

    @Override
    public String target() {
        return orEmpty(request.getHttpURI().getPathQuery());
    }

    @Override
    public String path() {
        return orEmpty(request.getHttpURI().getPath());
    }

    @Override
    public String query() {
        return orEmpty(request.getHttpURI().getQuery());
    }

    @Override
    public String protocol() {
        return orEmpty(request.getConnectionMetaData().getProtocol());
    }

    @Override
    public int status() {
        return request.getAttribute(ANSWERED_INSTEAD) instanceof Integer sent
                ? sent
                : response.getStatus();
    }

    @Override
    public long bodyBytes() {
        return Math.max(0, Response.getContentBytesWritten(response));
    }

    @Override
    public String requestHeader(String name) {
        return orEmpty(request.getHeaders().get(name));
    }

    @Override
    public String responseHeader(String name) {
        return orEmpty(response.getHeaders().get(name));
    }

    @Override
    public String attribute(String name) {
        var value = request.getAttribute(name);
        return value == null ? "" : value.toString();
    }

    private static String orEmpty(@Nullable String text) {
        return text == null ? "" : text;
    }
}
