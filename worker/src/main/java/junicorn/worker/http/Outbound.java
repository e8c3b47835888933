package junicorn.worker.http;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import junicorn.worker.http.message.ResponseWriter;
import org.eclipse.jetty.http.DateGenerator;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/// The sending half of a connection: responses by way of the [ResponseWriter], and the few that the
/// application has no part in.
final class Outbound implements ResponseWriter.Wire {
    private final Http1Connection connection;
    private final ClientWait wait;
    private final ResponseWriter writer;
    private boolean pieces;

    Outbound(Http1Connection connection, HttpFront front) {
        this.connection = connection;
        wait = new ClientWait(connection, front);
        writer = new ResponseWriter(this, front.buffers());
    }

    ClientWait clientWait() {
        return wait;
    }

    ResponseWriter writer() {
        return writer;
    }

    /// A response begins.
    void begin(boolean persistent) {
        writer.generator().setPersistent(persistent);
    }

    void endAfterThis() {
        writer.generator().setPersistent(false);
    }

    /// True if the response ended in such a way that another may follow.
    boolean persistent() {
        return writer.generator().isPersistent();
    }

    /// True if the response's header was sent, or is being sent.
    boolean isCommitted() {
        return writer.generator().isCommitted();
    }

    /// The response comes in pieces: each shall leave at once, without Nagle's algorithm waiting
    /// for the rest.
    void sendsPieces() {
        if (!pieces) {
            pieces = true;
            connection.wire().socket().noDelay();
        }
    }

    @Override
    public boolean flush(ByteBuffer... parts) throws IOException {
        while (!connection.wire().flush(parts)) {
            if (!wait.moment(false)) {
                return false;
            }
        }
        return true;
    }

    @Override
    public void write(Callback callback, ByteBuffer... parts) {
        connection.wire().write(callback, parts);
    }

    @Override
    public int request() {
        return connection.exchange().holds().number();
    }

    @Override
    public void threw(int request, Throwable cause) {
        connection.exchange().rescue().cameOut(request, cause);
    }

    /// Sends an interim response of our own. False if the connection is broken or has no room even
    /// for that.
    boolean interim(int status) {
        return sendNow("HTTP/1.1 " + status + " " + HttpStatus.getMessage(status) + "\r\n\r\n");
    }

    /// Answers a request that the application never sees. Best effort: who sends what cannot be
    /// understood may not listen.
    void refuse(int status, @Nullable String reason) {
        var message = status + " " + HttpStatus.getMessage(status);
        var body =
                reason == null || reason.isBlank()
                        ? message + "\n"
                        : message + ": " + reason + "\n";
        var bytes = body.getBytes(StandardCharsets.UTF_8);
        sendNow(
                "HTTP/1.1 "
                        + message
                        + "\r\nDate: "
                        + DateGenerator.formatDate(System.currentTimeMillis())
                        + "\r\nContent-Type: text/plain;charset=utf-8\r\nContent-Length: "
                        + bytes.length
                        + "\r\nConnection: close\r\n\r\n"
                        + (connection.toHead() ? "" : body));
    }

    private boolean sendNow(String text) {
        try {
            return connection.wire().flush(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
        } catch (IOException e) {
            return false; // the client is gone; the caller closes
        }
    }

    /// Gives a pending write up, and with it the connection.
    void cancel(Throwable cause) {
        connection.wire().socket().close();
        var pending = connection.wire().cancelWrite(cause);
        if (pending != null) {
            pending.failed(cause);
        }
    }

    /// Ready for the next response.
    void reset() {
        writer.reset();
    }

    /// Ready for the next connection.
    void nextConnection() {
        reset();
        pieces = false;
    }
}
