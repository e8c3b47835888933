package junicorn.worker.http;

import java.io.IOException;
import java.nio.ByteBuffer;
import junicorn.worker.http.message.Body;
import junicorn.worker.http.message.HttpSettings;
import junicorn.worker.http.message.RequestLineCheck;
import junicorn.worker.http.message.RequestReader;
import junicorn.worker.http.message.UriCache;
import junicorn.worker.poll.IoBuffer;
import junicorn.worker.poll.IoBuffers;
import org.eclipse.jetty.http.HttpCompliance;
import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.http.HttpParser;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.util.BufferUtil;
import org.jspecify.annotations.Nullable;

/// The receiving half of a connection: bytes from the end point through Jetty's parser into the
/// [RequestReader]. Never waits. Holds a receive buffer only while there are bytes in it.
final class Inbound {
    private final IoBuffers buffers;
    private final HttpParser parser;
    private final RequestReader reader;
    private final RequestLineCheck line;
    private final Patience patience;
    private @Nullable IoBuffer input;
    private boolean received;

    Inbound(IoBuffers buffers, HttpSettings settings, UriCache uris) {
        this.buffers = buffers;
        patience = new Patience(settings);
        line = new RequestLineCheck(settings.requestLineMax());
        reader = new RequestReader(settings, uris, line);
        parser = new StrictParser(reader);
        reader.readsFrom(parser);
    }

    RequestReader reader() {
        return reader;
    }

    /// When the first byte of the request was parsed, in [System#nanoTime()].
    long beginNanoTime() {
        return parser.getBeginNanoTime();
    }

    /// True if a byte came since the last request ended.
    boolean received() {
        return received;
    }

    /// True if there are bytes that the parser has not seen.
    boolean hasInput() {
        return input != null && input.hasRemaining();
    }

    /// Takes bytes from the end point if none are in hand. Positive if there are some now, 0 if
    /// none have come, -1 at the end of input.
    int receive(EndPoint endPoint) {
        if (hasInput()) {
            return 1;
        }
        if (input == null) {
            input = buffers.take();
        }
        int count = fill(endPoint, input);
        if (count > 0) {
            received = true;
            patience.bodyCame();
        } else {
            release();
        }
        return count;
    }

    /// By when more must come, in [System#nanoTime()].
    ///
    /// @param silent no byte of the request has come
    /// @param used it is not the connection's first
    /// @param draining the worker stops
    long deadline(boolean silent, boolean used, boolean draining) {
        return reader.hasHeader()
                ? bodyDeadline()
                : patience.until(System.nanoTime(), silent, used, draining);
    }

    /// By when more of the body must come, in [System#nanoTime()].
    long bodyDeadline() {
        return patience.untilBody(System.nanoTime(), reader.body().received());
    }

    private static int fill(EndPoint endPoint, IoBuffer into) {
        if (endPoint instanceof SocketEndPoint plain) {
            return plain.fill(into);
        }
        try {
            return endPoint.fill(into.bytes());
        } catch (IOException e) {
            return -1; // how it ended makes no difference: no more will come
        }
    }

    /// Parses what is in hand, up to the end of the request.
    void parse() {
        var bytes = input == null ? BufferUtil.EMPTY_BUFFER : input.bytes();
        if (!line.isOver() && !checkLine(bytes)) {
            return;
        }
        parser.parseNext(bytes);
        if (parser.isState(HttpParser.State.HEADER) || parser.isState(HttpParser.State.TRAILER)) {
            reader.requireField();
        }
    }

    private boolean checkLine(ByteBuffer bytes) {
        try {
            line.check(bytes);
            return true;
        } catch (HttpException.RuntimeException e) {
            reader.failed(e);
            parser.close();
            return false;
        }
    }

    /// No more will come: the parser says what that means for the request it is in. It would
    /// forgive chunks whose last CRLF is missing.
    void parseEnd() {
        if (parser.isState(HttpParser.State.TRAILER)) {
            reader.earlyEOF();
            return;
        }
        parser.atEOF();
        parser.parseNext(BufferUtil.EMPTY_BUFFER);
    }

    /// Receives and parses until there is content, or the body's end, or nothing more for now.
    void pull(EndPoint endPoint, Body body) {
        long before = body.received();
        parse(); // it stops behind each piece: behind the last, only the end is left to tell
        while (!reader.isComplete() && !reader.cutShort() && body.received() == before) {
            int count = receive(endPoint);
            if (count == 0) {
                return;
            }
            if (count < 0) {
                parseEnd();
                return;
            }
            parse();
        }
    }

    /// Throws away what comes. Bytes thrown away, 0 if there are none now, -1 at the end of input.
    int discard(EndPoint endPoint) {
        int count = receive(endPoint);
        if (count > 0 && input != null) {
            count = input.bytes().remaining();
            release();
        }
        return count;
    }

    /// Bytes that follow the request, for the protocol that the connection changes to.
    ByteBuffer rest() {
        if (input == null) {
            return BufferUtil.EMPTY_BUFFER;
        }
        var rest = ByteBuffer.allocate(input.bytes().remaining()).put(input.bytes()).flip();
        release();
        return rest;
    }

    /// Ready for the next request of this connection; bytes in hand belong to it.
    void nextRequest() {
        parser.reset();
        line.reset();
        patience.renew();
        reader.reset();
        received = hasInput();
        if (!received) {
            release();
        }
    }

    /// Gives the buffer back, and what is in it up.
    void release() {
        if (input != null) {
            buffers.give(input);
            input = null;
        }
    }

    /// True if it can serve another connection: the parser has refused nothing and is in no body.
    boolean isReusable() {
        return !parser.isClose() && !parser.isClosed() && !parser.inContentState();
    }

    /// Ready for another connection.
    void reset() {
        release();
        nextRequest();
    }

    /// Jetty's parser without any of the liberties it may take, and which says also what is wrong
    /// with a body.
    private static final class StrictParser extends HttpParser {
        private final RequestReader reader;

        StrictParser(RequestReader reader) {
            super(reader, HttpSettings.HEADER_BYTES_MAX, HttpCompliance.STRICT);
            this.reader = reader;
        }

        @Override
        protected void badMessage(HttpException failure) {
            reader.failed(failure);
            super.badMessage(failure);
        }
    }
}
