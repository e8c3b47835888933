package junicorn.worker.http.message;

import java.nio.ByteBuffer;
import java.util.function.Supplier;
import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpHeaderValue;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.http.HttpParser;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.http.MetaData;
import org.eclipse.jetty.util.HostPort;
import org.jspecify.annotations.Nullable;

/// Collects what Jetty's parser finds of one request (RFC 9112). Reads no socket and runs nothing:
/// it knows what has come and whether that is enough. Reset between requests.
public final class RequestReader implements HttpParser.RequestHandler {
    private final HttpSettings limits;
    private final UriCache uris;
    private final RequestLineCheck line;
    private final FieldRules rules;
    private final ConnectionOptions options = new ConnectionOptions();
    private final Body body = new Body();
    private String method = "";
    private String target = "";
    private HttpVersion version = HttpVersion.HTTP_1_1;
    private HttpFields.Mutable fields = HttpFields.build();
    private HttpFields.@Nullable Mutable trailers;
    private @Nullable HostField host;
    private @Nullable HostField lastHost;
    private long contentLength = -1;
    private boolean expects100;
    private boolean unknownExpectation;
    private boolean headerComplete;
    private boolean messageComplete;
    private boolean streaming;
    private @Nullable HttpException bad;
    private boolean cutShort;

    /// @param line has checked the request line when the parser comes to it
    public RequestReader(HttpSettings limits, UriCache uris, RequestLineCheck line) {
        this.limits = limits;
        this.uris = uris;
        this.line = line;
        rules = new FieldRules(limits);
    }

    /// Whose position tells how large a field is.
    public void readsFrom(HttpParser source) {
        rules.readsFrom(source);
    }

    // ---- what the parser finds

    @Override
    public void startRequest(String newMethod, String newTarget, HttpVersion newVersion) {
        method = newMethod;
        target = newTarget;
        version = newVersion;
        rules.fieldsBegin();
    }

    /// A field that is too large is refused before all of it has come.
    public void requireField() {
        try {
            rules.unfinished();
        } catch (HttpException.RuntimeException e) {
            failed(e);
            cutShort = headerComplete;
        }
    }

    @Override
    public void parsedHeader(HttpField field) {
        rules.field(field);
        var header = field.getHeader();
        HttpField kept = field;
        if (header != null) {
            switch (header) {
                case CONNECTION -> options.connection(field);
                case HOST -> kept = host = lastHost = HostField.of(field, lastHost);
                case EXPECT -> expectation(field);
                case UPGRADE -> options.upgradeField(true);
                case CONTENT_LENGTH -> contentLength = field.getLongValue();
                default -> {}
            }
        }
        fields.add(kept);
    }

    /// RFC 9110, section 10.1.1: 100-continue is the only expectation there is, and HTTP/1.0 has
    /// none.
    private void expectation(HttpField field) {
        if (HttpHeaderValue.CONTINUE.is(field.getValue())) {
            expects100 = true;
        } else {
            unknownExpectation = true;
        }
    }

    @Override
    public boolean headerComplete() {
        rules.complete(version, contentLength);
        if (version == HttpVersion.HTTP_1_1 && unknownExpectation) {
            throw new HttpException.RuntimeException(
                    HttpStatus.EXPECTATION_FAILED_417, "unknown expectation");
        }
        expects100 &= version == HttpVersion.HTTP_1_1;
        headerComplete = true;
        return false;
    }

    @Override
    public boolean content(ByteBuffer bytes) {
        limits.requireBody(body.received() + bytes.remaining());
        body.append(bytes);
        return streaming || !buffersBody();
    }

    @Override
    public boolean contentComplete() {
        rules.fieldsBegin();
        return false;
    }

    @Override
    public void parsedTrailer(HttpField field) {
        rules.trailer(field);
        if (trailers == null) {
            trailers = HttpFields.build();
        }
        trailers.add(field);
    }

    @Override
    public boolean messageComplete() {
        messageComplete = true;
        return true; // the next request on this connection is another call
    }

    @Override
    public void earlyEOF() {
        cutShort = true;
    }

    @Override
    public void badMessage(HttpException failure) {
        failed(failure);
    }

    /// The request is refused, whether or not its header was complete.
    public void failed(HttpException failure) {
        if (bad == null) {
            bad = failure;
        }
    }

    /// The body did not come in time.
    public void late() {
        failed(Refusal.late());
        cutShort = true;
    }

    public boolean hasHeader() {
        return headerComplete;
    }

    public boolean isComplete() {
        return messageComplete;
    }

    /// True if the application can be given the request: it is complete, or its body is too large
    /// to wait for.
    public boolean runnable() {
        return headerComplete && (messageComplete || !buffersBody());
    }

    private boolean buffersBody() {
        return !streaming && Math.max(contentLength, body.received()) <= limits.bufferBodyBytes();
    }

    /// The most that a body can have which is waited for.
    public long bufferedMax() {
        return contentLength < 0 ? limits.bufferBodyBytes() : contentLength;
    }

    /// What is wrong with the request, if something is but that it ended too early.
    public @Nullable HttpException bad() {
        return bad;
    }

    /// True if the body ended too early: the connection did, or its chunks are malformed.
    public boolean cutShort() {
        return cutShort;
    }

    /// True if the client waits for 100 Continue before it sends its body.
    public boolean expects100() {
        return expects100 && body.received() == 0 && !messageComplete;
    }

    public void answered100() {
        expects100 = false;
    }

    /// The request is with the application, or shall be at once: from now on each piece of its body
    /// is handed over as it comes.
    public void stream() {
        streaming = true;
    }

    /// True if the client may send another request on this connection (RFC 9112, section 9.3).
    public boolean persistent() {
        return options.persistent(version);
    }

    /// True if the client asked to close after this request, so that it sends nothing more.
    public boolean asksToClose() {
        return options.asksToClose(version);
    }

    public boolean asksForUpgrade() {
        return options.asksForUpgrade();
    }

    /// Ignores the request to upgrade, as RFC 9110, section 7.8, lets a server do.
    public void declineUpgrade() {
        fields.remove(HttpHeader.UPGRADE);
        options.upgradeField(false);
    }

    public boolean keepAliveMustBeSaid() {
        return version == HttpVersion.HTTP_1_0;
    }

    public boolean isHead() {
        return HttpMethod.HEAD.is(method);
    }

    public HttpVersion version() {
        return version;
    }

    public Body body() {
        return body;
    }

    public HttpFields.@Nullable Mutable trailers() {
        return trailers;
    }

    /// "GET /path HTTP/1.1", or as much of it as came.
    public String requestLine() {
        return method.isEmpty() ? line.said() : method + " " + target + " " + version.asString();
    }

    /// The application gets it now.
    public int tell(RequestObserver observer) {
        return observer.requestBegan(method, target, version.asString());
    }

    /// The request as Jetty's channel takes it.
    ///
    /// @throws HttpException.RuntimeException for a target or host that no request may have
    public MetaData.Request metaData(
            long beginNanoTime, boolean secure, Supplier<HostPort> serverAuthority) {
        var where = new RequestTarget(method, target, host, line.isAscii());
        return new MetaData.Request(
                beginNanoTime,
                method,
                where.uri(uris, limits.uriRules(), secure, serverAuthority),
                version,
                fields.asImmutable(),
                contentLength) {
            @Override
            public boolean is100ContinueExpected() {
                return RequestReader.this.expects100();
            }
        };
    }

    public void reset() {
        body.clear();
        rules.reset();
        options.reset();
        method = "";
        target = "";
        fields = HttpFields.build();
        trailers = null;
        host = null;
        contentLength = -1;
        expects100 =
                unknownExpectation =
                        headerComplete = messageComplete = streaming = cutShort = false;
        bad = null;
    }
}
