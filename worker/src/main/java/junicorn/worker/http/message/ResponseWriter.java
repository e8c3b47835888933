package junicorn.worker.http.message;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritePendingException;
import junicorn.worker.poll.IoBuffer;
import junicorn.worker.poll.IoBuffers;
import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.http.HttpGenerator;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.http.MetaData;
import org.eclipse.jetty.io.EofException;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.Invocable;
import org.jspecify.annotations.Nullable;

/// Turns what the application writes into bytes on the wire, by Jetty's generator, one write at a
/// time. What the kernel does not take now goes when there is room: waited for here if this thread
/// may wait, else by the poll.
public final class ResponseWriter implements Callback {
    /// Sends buffers; see `SocketEndPoint`.
    public interface Wire {
        /// True if all of it went; waits for room where the calling thread may.
        boolean flush(ByteBuffer... buffers) throws IOException;

        /// Sends the rest when there is room, then tells the callback.
        void write(Callback callback, ByteBuffer... buffers);

        /// The number of the request that is answered.
        int request();

        /// Who was told that something was sent threw this.
        void threw(int request, Throwable cause);
    }

    private static final int TRAILER_BYTES_MAX = 8 * 1024;

    private final Wire wire;
    private final IoBuffers buffers;
    private final HttpGenerator generator = new HttpGenerator();
    private final ByteBuffer chunkPrefix = ByteBuffer.allocate(HttpGenerator.CHUNK_SIZE).limit(0);

    private @Nullable IoBuffer header;
    private @Nullable ByteBuffer chunk;
    private MetaData.@Nullable Response info;
    private @Nullable ByteBuffer content;
    private boolean head;
    private boolean last;
    private @Nullable Callback callback;
    private int request;

    public ResponseWriter(Wire wire, IoBuffers buffers) {
        this.wire = wire;
        this.buffers = buffers;
        generator.setChunkMaxLength(Integer.MAX_VALUE);
    }

    public HttpGenerator generator() {
        return generator;
    }

    /// One write of a response; see [org.eclipse.jetty.server.HttpStream#send].
    public void send(
            MetaData.@Nullable Response newInfo,
            boolean toHead,
            boolean isLast,
            @Nullable ByteBuffer newContent,
            Callback whenSent) {
        if (callback != null) {
            whenSent.failed(new WritePendingException());
            return;
        }
        info = newInfo;
        head = toHead;
        last = isLast;
        content = newContent;
        callback = whenSent;
        request = wire.request();
        proceed();
    }

    /// The poll sent what was left over.
    @Override
    public void succeeded() {
        proceed();
    }

    @Override
    public void failed(Throwable cause) {
        end(cause);
    }

    /// Nothing here blocks; whoever is told at the end may.
    @Override
    public InvocationType getInvocationType() {
        return Invocable.getInvocationType(callback);
    }

    private void proceed() {
        Throwable failure = null;
        try {
            if (!generate()) {
                return; // the poll calls back
            }
        } catch (Throwable e) { // whatever it is, somebody waits to be told
            failure = e;
        }
        end(failure);
    }

    /// False if some of it waits for room.
    private boolean generate() throws IOException {
        while (true) {
            var result =
                    generator.generateResponse(info, head, headerBytes(), chunk, content, last);
            switch (result) {
                case NEED_HEADER -> takeHeader();
                case NEED_CHUNK -> chunk = chunkPrefix.position(0).limit(0);
                case NEED_CHUNK_TRAILER -> chunk = ByteBuffer.allocate(TRAILER_BYTES_MAX).limit(0);
                case HEADER_OVERFLOW -> throw tooLarge();
                case FLUSH -> {
                    if (!flush()) {
                        return false;
                    }
                }
                case CONTINUE, SHUTDOWN_OUT -> {}
                case DONE -> {
                    return true;
                }
                case NEED_INFO ->
                        throw new EofException("nothing to send before a response has begun");
            }
        }
    }

    /// Nothing was sent yet, so an error response can be.
    private HttpException.RuntimeException tooLarge() {
        boolean persistent = generator.isPersistent();
        generator.reset();
        generator.setPersistent(persistent);
        return new HttpException.RuntimeException(
                HttpStatus.INTERNAL_SERVER_ERROR_500, "Response Header Fields Too Large");
    }

    private @Nullable ByteBuffer headerBytes() {
        return header == null ? null : header.bytes();
    }

    private void takeHeader() {
        generator.setMaxHeaderBytes(HttpSettings.RESPONSE_HEADER_BYTES_MAX);
        header = buffers.take();
    }

    private boolean flush() throws IOException {
        if (head || generator.isNoContent()) {
            BufferUtil.clear(chunk);
            BufferUtil.clear(content);
        }
        var parts = new ByteBuffer[] {orEmpty(headerBytes()), orEmpty(chunk), orEmpty(content)};
        if (wire.flush(parts)) {
            return true;
        }
        wire.write(this, parts);
        return false;
    }

    private static ByteBuffer orEmpty(@Nullable ByteBuffer buffer) {
        return buffer == null ? BufferUtil.EMPTY_BUFFER : buffer;
    }

    /// Over: whoever waits is told last, for it may send again.
    private void end(@Nullable Throwable cause) {
        var whenSent = callback;
        callback = null;
        info = null;
        content = null;
        chunk = null;
        if (header != null) {
            buffers.give(header);
        }
        header = null;
        if (whenSent == null) {
            return;
        }
        int told = request;
        try {
            if (cause == null) {
                whenSent.succeeded();
            } else {
                whenSent.failed(cause);
            }
        } catch (Throwable e) {
            wire.threw(told, e);
        }
    }

    /// Ready for the next response.
    public void reset() {
        generator.reset();
    }
}
