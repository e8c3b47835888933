package junicorn.worker.http.message;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpParser;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.http.HttpVersion;
import org.jspecify.annotations.Nullable;

/// What the fields of one request may not say, beyond what the parser refuses by itself: whatever
/// two readers could understand in two ways (RFC 9112, sections 6 and 11). Reset between requests.
final class FieldRules {
    /// Fields that frame a message, route it, or say who sends it: in a trailer they come too late
    /// to be believed (RFC 9110, section 6.5.1).
    private static final Set<HttpHeader> NOT_IN_TRAILERS =
            EnumSet.of(
                    HttpHeader.AUTHORIZATION,
                    HttpHeader.CACHE_CONTROL,
                    HttpHeader.CONNECTION,
                    HttpHeader.CONTENT_ENCODING,
                    HttpHeader.CONTENT_LENGTH,
                    HttpHeader.CONTENT_RANGE,
                    HttpHeader.CONTENT_TYPE,
                    HttpHeader.COOKIE,
                    HttpHeader.EXPECT,
                    HttpHeader.FORWARDED,
                    HttpHeader.HOST,
                    HttpHeader.KEEP_ALIVE,
                    HttpHeader.MAX_FORWARDS,
                    HttpHeader.PROXY_AUTHORIZATION,
                    HttpHeader.RANGE,
                    HttpHeader.TE,
                    HttpHeader.TRAILER,
                    HttpHeader.TRANSFER_ENCODING,
                    HttpHeader.UPGRADE);

    private static final String CHUNKED = "chunked";

    private final HttpSettings limits;
    private @Nullable HttpParser parser;
    private int fields;
    private int from;
    private boolean contentType;
    private boolean coded;

    FieldRules(HttpSettings limits) {
        this.limits = limits;
    }

    /// Whose position tells how large a field is.
    void readsFrom(HttpParser source) {
        parser = source;
    }

    private int position() {
        return parser == null ? 0 : parser.getHeaderLength();
    }

    /// The next byte is a field's first.
    void fieldsBegin() {
        from = position();
    }

    /// Bytes of the field that has come to its end: the parser has seen one byte behind it.
    private int size() {
        int began = from;
        from = position() - 1;
        return from - began;
    }

    /// More of a field is to come: one that is too large is refused before it has.
    void unfinished() {
        limits.requireField(fields, position() - from);
    }

    /// A header field.
    void field(HttpField field) {
        limits.requireField(++fields, size());
        var header = field.getHeader();
        if (header == HttpHeader.CONTENT_TYPE) {
            if (contentType) {
                throw Refusal.bad("the request has two Content-Type fields");
            }
            contentType = true;
        } else if (header == HttpHeader.TRANSFER_ENCODING) {
            if (coded) {
                throw Refusal.bad("the request has two Transfer-Encoding fields");
            }
            coded = true;
            requireChunked(field.getValue() == null ? "" : field.getValue());
        } else if (header == HttpHeader.HOST) {
            requireHost(field.getValue() == null ? "" : field.getValue());
        }
    }

    /// What Jetty makes of a host is right for most; it takes a list, a port with a sign and IPv6
    /// without brackets (RFC 3986, section 3.2.2) besides.
    private static void requireHost(String host) {
        int colon = host.indexOf(':', host.lastIndexOf(']') + 1);
        for (int i = colon < 0 ? host.length() : colon + 1; i < host.length(); i++) {
            if (host.charAt(i) < '0' || host.charAt(i) > '9') {
                throw Refusal.bad("the Host field is malformed");
            }
        }
        if (host.indexOf(',') >= 0) {
            throw Refusal.bad("the Host field names more than one host");
        }
    }

    /// RFC 9112, section 6.3: without chunked at the end nobody knows where the body ends; with
    /// another coding before it, it could be told, but we do not decode it.
    private static void requireChunked(String codings) {
        if (codings.equalsIgnoreCase(CHUNKED)) {
            return;
        }
        var lower = codings.toLowerCase(Locale.ROOT);
        int comma = lower.lastIndexOf(',');
        if (comma < 0 || !lower.substring(comma + 1).strip().equals(CHUNKED)) {
            throw Refusal.bad("Transfer-Encoding does not end with chunked");
        }
        for (var coding : lower.substring(0, comma).split(",", -1)) {
            var name = coding.strip();
            if (name.isEmpty() || name.equals(CHUNKED)) {
                throw Refusal.bad("Transfer-Encoding is malformed");
            }
        }
        throw new HttpException.RuntimeException(
                HttpStatus.NOT_IMPLEMENTED_501, "chunked is the only transfer coding here");
    }

    /// The header is complete.
    ///
    /// @param contentLength what the client announced; negative if it did not
    void complete(HttpVersion version, long contentLength) {
        if (coded && version != HttpVersion.HTTP_1_1) {
            throw Refusal.bad("Transfer-Encoding is not for HTTP/1.0");
        }
        limits.requireBody(contentLength);
    }

    /// A trailer field.
    void trailer(HttpField field) {
        limits.requireField(++fields, size());
        if (field.getHeader() != null && NOT_IN_TRAILERS.contains(field.getHeader())) {
            throw Refusal.bad("a trailer may not be " + field.getHeader().asString());
        }
    }

    void reset() {
        fields = from = 0;
        contentType = coded = false;
    }
}
