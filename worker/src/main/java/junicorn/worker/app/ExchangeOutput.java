package junicorn.worker.app;

import com.sun.net.httpserver.Headers;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.function.Consumer;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpHeaderValue;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.BufferUtil;

/// The body of an answer as [com.sun.net.httpserver.HttpExchange] defines it: exactly as long as
/// was announced, or in chunks, or none. Blocks while the client does not read.
///
/// Small writes are collected; [#flush()] sends them. The last announced byte completes the answer,
/// even if the application forgets to close the stream.
final class ExchangeOutput extends OutputStream {
    private static final int COLLECTED_MAX = 8 * 1024;

    private enum State {
        HEADERS_MISSING,
        CHUNKED,
        FIXED,
        /// A HEAD request, or a status without a body: what is written goes nowhere.
        DISCARDED,
        COMPLETE
    }

    private final Request request;
    private final Response response;
    private final Runnable completed;
    private final Consumer<IOException> aborted;
    private State state = State.HEADERS_MISSING;
    private long remaining;
    private byte[] collected = new byte[0];
    private int count;

    /// One of the two is told, once, whatever the application does with the exceptions it gets.
    ExchangeOutput(
            Request request, Response response, Runnable completed, Consumer<IOException> aborted) {
        this.request = request;
        this.response = response;
        this.completed = completed;
        this.aborted = aborted;
    }

    /// @param length as for `sendResponseHeaders`: 0 = unknown, -1 = no body
    void begin(int status, long length, Headers headers) throws IOException {
        if (HttpStatus.isInterim(status)) {
            throw new IOException("an interim status is no answer: " + status);
        }
        boolean toHead = HttpMethod.HEAD.is(request.getMethod());
        boolean bodyless = toHead || HttpStatus.hasNoBody(status);
        response.setStatus(status);
        var fields = response.getHeaders();
        for (var header : headers.entrySet()) {
            fields.remove(header.getKey());
            header.getValue().forEach(value -> fields.add(header.getKey(), value));
        }
        if (!bodyless) {
            fields.remove(HttpHeader.TRANSFER_ENCODING); // both follow from the length alone
            fields.remove(HttpHeader.CONTENT_LENGTH);
        }
        if (length > 0 && (!bodyless || (toHead && !fields.contains(HttpHeader.CONTENT_LENGTH)))) {
            fields.put(HttpHeader.CONTENT_LENGTH, length);
        }
        if (bodyless) {
            state = State.DISCARDED;
        } else if (length == 0) {
            state = State.CHUNKED;
            if (HttpVersion.HTTP_1_1.is(request.getConnectionMetaData().getProtocol())) {
                fields.put(HttpHeader.TRANSFER_ENCODING, HttpHeaderValue.CHUNKED.asString());
            }
        } else {
            state = State.FIXED;
            remaining = Math.max(0, length);
        }
        if (length < 0) {
            close();
        }
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        switch (state) {
            case HEADERS_MISSING -> throw new IOException("response headers not sent yet");
            case COMPLETE -> refuseMore(length);
            case DISCARDED -> {}
            case CHUNKED -> append(bytes, offset, length);
            case FIXED -> {
                if (length > remaining) {
                    throw abort(new IOException("too many bytes to write to stream"));
                }
                remaining -= length;
                append(bytes, offset, length);
            }
        }
    }

    private static void refuseMore(int length) throws IOException {
        if (length > 0) {
            throw new IOException("stream closed");
        }
    }

    private void append(byte[] bytes, int offset, int length) throws IOException {
        boolean last = state == State.FIXED && remaining == 0;
        if (count + length <= COLLECTED_MAX && !last) {
            collect(bytes, offset, length);
            return;
        }
        if (count > 0 && count + length <= COLLECTED_MAX) {
            collect(bytes, offset, length);
            sendCollected(last);
        } else {
            if (count > 0) {
                sendCollected(false);
            }
            send(last, ByteBuffer.wrap(bytes, offset, length));
        }
    }

    private void collect(byte[] bytes, int offset, int length) {
        if (collected.length == 0) {
            collected = new byte[COLLECTED_MAX];
        }
        System.arraycopy(bytes, offset, collected, count, length);
        count += length;
    }

    private void sendCollected(boolean last) throws IOException {
        var bytes = ByteBuffer.wrap(collected, 0, count);
        count = 0;
        send(last, bytes);
    }

    private void send(boolean last, ByteBuffer bytes) throws IOException {
        try {
            Content.Sink.write(response, last, bytes);
        } catch (IOException e) {
            throw abort(e);
        }
        if (last) {
            state = State.COMPLETE;
            completed.run();
        }
    }

    @Override
    public void flush() throws IOException {
        if (state == State.CHUNKED || state == State.FIXED) {
            sendCollected(false);
        }
    }

    @Override
    public void close() throws IOException {
        switch (state) {
            case HEADERS_MISSING, COMPLETE -> {}
            case DISCARDED -> {
                announceNothing();
                finish();
            }
            case FIXED -> {
                if (remaining > 0) {
                    throw abort(new IOException("insufficient bytes written"));
                }
                finish();
            }
            case CHUNKED -> {
                if (count > 0 || !response.isCommitted()) {
                    sendCollected(false); // or Jetty would announce a length too
                }
                finish();
            }
        }
    }

    /// Jetty would announce a length of 0, which is not that of what GET would bring.
    private void announceNothing() throws IOException {
        if (!response.getHeaders().contains(HttpHeader.CONTENT_LENGTH)) {
            send(false, BufferUtil.EMPTY_BUFFER);
        }
    }

    private IOException abort(IOException cause) {
        state = State.COMPLETE;
        aborted.accept(cause);
        return cause;
    }

    private void finish() throws IOException {
        send(true, BufferUtil.EMPTY_BUFFER);
    }
}
