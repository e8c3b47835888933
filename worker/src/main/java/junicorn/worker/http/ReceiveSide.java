package junicorn.worker.http;

import java.nio.ByteBuffer;
import junicorn.worker.poll.IoBuffer;
import junicorn.worker.poll.PolledSocket;
import org.eclipse.jetty.util.BufferUtil;

/// The receiving side of a [SocketEndPoint]: what has come, until the end of input.
final class ReceiveSide {
    private final PolledSocket socket;
    private volatile boolean shut;

    ReceiveSide(PolledSocket socket) {
        this.socket = socket;
    }

    /// Fills an empty buffer. Bytes, 0 if there are none now, -1 at the end of input.
    int fill(IoBuffer into) {
        return noted(shut ? -1 : socket.receive(into));
    }

    /// Adds to a buffer in flush mode, as Jetty's are.
    int fill(ByteBuffer buffer) {
        int position = BufferUtil.flipToFill(buffer);
        try {
            return noted(shut ? -1 : socket.receive(buffer));
        } finally {
            BufferUtil.flipToFlush(buffer, position);
        }
    }

    private int noted(int received) {
        if (received < 0) {
            shut = true;
        }
        return received;
    }

    /// True if the end of input was seen.
    boolean isShut() {
        return shut;
    }
}
