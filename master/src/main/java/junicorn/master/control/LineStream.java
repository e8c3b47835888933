package junicorn.master.control;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.time.Duration;
import java.util.Optional;
import junicorn.os.Epoll;
import junicorn.os.Errno;
import junicorn.os.Sockets;

/// Lines of text over a connected socket, which it does not own. One thread uses it.
final class LineStream {
    static final int LINE_BYTES_MAX = 64 * 1024;

    private static final int BUFFER_BYTES = 4096;

    private final int fd;
    private final Errno errno = Errno.allocate();
    private final MemorySegment buffer = Arena.ofAuto().allocate(BUFFER_BYTES);
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();
    private int position;
    private int limit;

    LineStream(int fd) {
        this.fd = fd;
    }

    /// The next line without its end. Empty at the end of the stream, whatever ended it, and when
    /// nothing came for so long.
    ///
    /// @throws IOException for a line that is too long
    Optional<String> read(Duration patience) throws IOException {
        line.reset();
        while (true) {
            while (position < limit) {
                byte next = buffer.get(ValueLayout.JAVA_BYTE, position);
                position++;
                if (next == '\n') {
                    return Optional.of(line.toString(UTF_8));
                }
                if (line.size() == LINE_BYTES_MAX) {
                    throw new IOException("a line of more than " + LINE_BYTES_MAX + " bytes");
                }
                line.write(next);
            }
            if (!fill(patience)) {
                return Optional.empty();
            }
        }
    }

    private boolean fill(Duration patience) {
        position = 0;
        limit = 0;
        if (Sockets.await(fd, Epoll.IN, patience)) {
            limit = Math.max(0, Sockets.recv(errno, fd, buffer, BUFFER_BYTES));
        }
        return limit > 0;
    }

    /// False if the other side is gone, or takes nothing for so long.
    boolean write(String text, Duration patience) {
        try (var arena = Arena.ofConfined()) {
            var bytes = arena.allocateFrom(ValueLayout.JAVA_BYTE, (text + "\n").getBytes(UTF_8));
            long sent = 0;
            while (sent < bytes.byteSize()) {
                int count = Sockets.send(errno, fd, bytes.asSlice(sent), bytes.byteSize() - sent);
                if (count == -Errno.EAGAIN) {
                    if (!Sockets.await(fd, Epoll.OUT, patience)) {
                        return false;
                    }
                } else if (count < 0) {
                    return false;
                } else {
                    sent += count;
                }
            }
            return true;
        }
    }
}
