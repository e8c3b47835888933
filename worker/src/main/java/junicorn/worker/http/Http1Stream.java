package junicorn.worker.http;

import java.nio.ByteBuffer;
import junicorn.worker.http.message.Refusal;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpHeaderValue;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.http.MetaData;
import org.eclipse.jetty.http.Trailers;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.io.EofException;
import org.eclipse.jetty.server.HttpStream;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/// What Jetty's channel reads a request from and writes its response to, for as long as the
/// application has it. One for all requests of a connection: Jetty cuts the application off from it
/// between two of them.
final class Http1Stream implements HttpStream {
    private static final HttpField KEEP_ALIVE =
            new HttpField(HttpHeader.CONNECTION, HttpHeaderValue.KEEP_ALIVE.asString());

    private static final HttpField CHUNKED =
            new HttpField(HttpHeader.TRANSFER_ENCODING, HttpHeaderValue.CHUNKED.asString());

    private final Http1Connection connection;
    private final Exchange exchange;
    private final Inbound inbound;
    private final Outbound outbound;
    private final ClientWait wait;
    private boolean trailersRead;
    private int status;
    private @Nullable Throwable failure;

    Http1Stream(Http1Connection connection, Exchange exchange, Inbound inbound, Outbound outbound) {
        this.connection = connection;
        this.exchange = exchange;
        this.inbound = inbound;
        this.outbound = outbound;
        wait = outbound.clientWait();
    }

    /// Ready for the next request.
    void reset() {
        trailersRead = false;
        failure = null;
        status = 0;
    }

    /// Of the answer; 0 as long as it has not begun.
    int status() {
        return status;
    }

    @Override
    public String getId() {
        return Long.toString(connection.getMessagesIn());
    }

    // ---- the request's body

    @Override
    public synchronized Content.@Nullable Chunk read() {
        if (exchange.holds().isOver()) {
            return Content.Chunk.from(new EofException("the request is over"), true);
        }
        var chunk = next();
        if (chunk == null) {
            inbound.pull(connection.getEndPoint(), inbound.reader().body());
            chunk = next();
        }
        return chunk;
    }

    private Content.@Nullable Chunk next() {
        var reader = inbound.reader();
        var chunk = reader.body().poll();
        if (chunk != null) {
            return chunk;
        }
        if (failure == null && reader.cutShort()) {
            failure = Refusal.body(reader.bad());
        }
        if (failure != null) {
            return Content.Chunk.from(failure, true);
        }
        if (!reader.isComplete()) {
            return null;
        }
        var trailers = reader.trailers();
        if (trailers != null && !trailersRead) {
            trailersRead = true;
            return new Trailers(trailers.asImmutable());
        }
        return Content.Chunk.EOF;
    }

    /// True if a read would bring something.
    private boolean readable() {
        var reader = inbound.reader();
        return !reader.body().isEmpty()
                || reader.isComplete()
                || reader.cutShort()
                || failure != null;
    }

    @Override
    public void demand() {
        if (pulled() || (wait.moment(true) && pulled())) {
            deliver();
        } else {
            exchange.bodyWait().begin();
        }
    }

    /// Guarded: a handler may end its request while another thread waits for the body.
    private synchronized boolean pulled() {
        if (!readable()) {
            inbound.pull(connection.getEndPoint(), inbound.reader().body());
        }
        return readable();
    }

    /// Bytes came.
    void ready() {
        if (pulled()) {
            deliver();
        } else {
            exchange.bodyWait().begin();
        }
    }

    private void deliver() {
        var task = exchange.channel().onContentAvailable();
        if (task != null) {
            task.run();
        }
    }

    /// What the application has left of the body. If more is to come, that is read while the
    /// connection lingers: the answer is whole, so this is no failure, whatever Jetty makes of one
    /// that is returned here.
    @Override
    public @Nullable Throwable consumeAvailable() {
        if (exchange.isPersistent()
                && HttpStream.consumeAvailable(this, connection.getHttpConfiguration()) != null) {
            exchange.endAfterThis();
        }
        return null;
    }

    /// The answer is whole and its header not sent: the client is told that the connection ends
    /// with it if the body is not here yet, for nobody will wait for it.
    private void answeredEarly() {
        if (!bodyIsHere()) {
            exchange.endAfterThis();
        }
    }

    /// Guarded as [#pulled].
    private synchronized boolean bodyIsHere() {
        if (!inbound.reader().isComplete()) {
            inbound.parse(); // the parser stops behind each piece
        }
        return inbound.reader().isComplete();
    }

    // ---- the response

    @Override
    public void prepareResponse(HttpFields.Mutable headers) {
        if (exchange.isPersistent()
                && inbound.reader().keepAliveMustBeSaid()
                && !headers.contains(HttpHeader.CONNECTION, HttpHeaderValue.CLOSE.asString())) {
            headers.add(KEEP_ALIVE);
        }
    }

    @Override
    public void send(
            MetaData.@Nullable Request request,
            MetaData.@Nullable Response response,
            boolean last,
            @Nullable ByteBuffer content,
            Callback callback) {
        if (exchange.holds().isOver()) {
            callback.failed(new EofException("the request is over"));
            return;
        } else if (response == null) {
            if (!last && BufferUtil.isEmpty(content)) {
                callback.succeeded();
                return;
            }
        } else if (outbound.isCommitted()) {
            callback.failed(new IllegalStateException("Committed"));
            return;
        } else if (!exchange.watch().mayAnswer()) {
            callback.failed(new EofException("the request took too long, it was answered"));
            return;
        } else if (inbound.reader().expects100()) {
            continued(response);
        } else if (last && exchange.isPersistent() && !inbound.reader().isComplete()) {
            answeredEarly();
        }
        if (!last) {
            outbound.sendsPieces();
        } else if (!exchange.isPersistent()) {
            connection.wire().socket().ending();
        }
        var framed = response == null || last ? response : framed(response);
        boolean interim = response != null && HttpStatus.isInterim(response.getStatus());
        if (response != null && !interim) {
            status = response.getStatus();
        }
        var whenSent = interim ? exchange.watch().interim(callback) : callback;
        outbound.writer().send(framed, inbound.reader().isHead(), last, content, whenSent);
    }

    /// A body of unknown length goes in chunks even where the end of the connection could mark its
    /// end: then an answer that was cut short cannot be taken for a whole one.
    private MetaData.Response framed(MetaData.Response response) {
        var fields = response.getHttpFields();
        boolean closes =
                !exchange.isPersistent()
                        || fields.contains(HttpHeader.CONNECTION, HttpHeaderValue.CLOSE.asString());
        if (!closes
                || response.getHttpVersion() != HttpVersion.HTTP_1_1
                || HttpStatus.isInterim(response.getStatus())
                || response.getContentLength() >= 0
                || fields.contains(HttpHeader.CONTENT_LENGTH)
                || fields.contains(HttpHeader.TRANSFER_ENCODING)) {
            return response;
        }
        return new MetaData.Response(
                response.getStatus(),
                response.getReason(),
                response.getHttpVersion(),
                HttpFields.build(fields).add(CHUNKED),
                -1,
                response.getTrailersSupplier());
    }

    /// The client waits for 100 Continue. If it gets another answer it may or may not send its
    /// body, so nothing that follows can be told apart from it (RFC 9110, section 10.1.1).
    private void continued(MetaData.Response response) {
        if (response.getStatus() == HttpStatus.CONTINUE_100) {
            inbound.reader().answered100();
        } else if (!HttpStatus.isInterim(response.getStatus())) {
            exchange.endAfterThis();
        }
    }

    @Override
    public Runnable cancelSend(Throwable cause, Callback appCallback) {
        return () -> {
            outbound.cancel(cause);
            appCallback.failed(cause);
        };
    }

    @Override
    public boolean isCommitted() {
        return outbound.isCommitted();
    }

    @Override
    public long getIdleTimeout() {
        return connection.getEndPoint().getIdleTimeout();
    }

    @Override
    public void setIdleTimeout(long millis) {
        connection.getEndPoint().setIdleTimeout(millis);
    }

    // ---- its end

    @Override
    public void succeeded() {
        exchange.succeeded();
    }

    @Override
    public void failed(Throwable cause) {
        exchange.failed();
    }
}
