package junicorn.worker;

import java.io.EOFException;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import junicorn.os.Epoll;
import junicorn.os.Errno;
import junicorn.os.PosixException;
import junicorn.os.Sockets;

/// The client's end of a private connection to this worker's own HTTP stack: asks, reads the answer
/// to its end, and tells its status. It trusts the answer's framing, which is ours.
final class WarmUpClient implements AutoCloseable {
    private static final int BYTES = 16 * 1024;

    private final int fd;
    private final long patienceNanos;
    private final Arena arena = Arena.ofConfined();
    private final MemorySegment buffer = arena.allocate(BYTES);
    private final Errno errno = Errno.allocate();
    private int position;
    private int limit;
    private boolean reusable = true;

    WarmUpClient(int fd, Duration patience) {
        this.fd = fd;
        patienceNanos = patience.toNanos();
    }

    /// Whether another request can follow.
    boolean isReusable() {
        return reusable;
    }

    /// @return the status of the answer
    /// @throws IOException if there was none, or it broke off
    int ask(String target) throws IOException {
        var request =
                "GET %s HTTP/1.1\r\nHost: localhost\r\nUser-Agent: junicorn-warm-up\r\nAccept: */*\r\n\r\n"
                        .formatted(target);
        reusable = false; // until the answer was read to its end
        send(request.getBytes(StandardCharsets.UTF_8));
        long lateAt = System.nanoTime() + patienceNanos;
        int status;
        do {
            status = answer(lateAt);
        } while (status < 200); // 103 comes before
        return status;
    }

    private void send(byte[] request) throws IOException {
        try (var own = Arena.ofConfined()) {
            Sockets.sendBlocking(fd, own.allocateFrom(ValueLayout.JAVA_BYTE, request));
        } catch (PosixException e) {
            throw new IOException("the worker closed the connection", e);
        }
    }

    private int answer(long lateAt) throws IOException {
        int status = Integer.parseInt(line(lateAt).split(" ", 3)[1]);
        long length = -1;
        boolean chunked = false;
        boolean closes = false;
        for (var field = line(lateAt); !field.isEmpty(); field = line(lateAt)) {
            var lower = field.toLowerCase(Locale.ROOT);
            var value = lower.substring(lower.indexOf(':') + 1).strip();
            if (lower.startsWith("content-length:")) {
                length = Long.parseLong(value);
            } else if (lower.startsWith("transfer-encoding:")) {
                chunked = value.endsWith("chunked");
            } else if (lower.startsWith("connection:")) {
                closes = value.contains("close");
            }
        }
        if (status < 200) {
            return status;
        }
        if (chunked) {
            chunks(lateAt);
        } else if (length >= 0) {
            skip(length, lateAt);
        } else if (status != 204 && status != 304) {
            while (next(lateAt) >= 0) {} // the body ends with the connection
            closes = true;
        }
        reusable = !closes;
        return status;
    }

    private void chunks(long lateAt) throws IOException {
        while (true) {
            long size = Long.parseLong(line(lateAt).split(";", 2)[0].strip(), 16);
            if (size == 0) {
                while (!line(lateAt).isEmpty()) {} // trailers
                return;
            }
            skip(size, lateAt);
            line(lateAt);
        }
    }

    private void skip(long bytes, long lateAt) throws IOException {
        for (long left = bytes; left > 0; left--) {
            octet(lateAt);
        }
    }

    private String line(long lateAt) throws IOException {
        var line = new StringBuilder();
        for (int octet = octet(lateAt); octet != '\n'; octet = octet(lateAt)) {
            line.append((char) octet);
        }
        return line.toString().stripTrailing();
    }

    private int octet(long lateAt) throws IOException {
        int octet = next(lateAt);
        if (octet < 0) {
            throw new EOFException("the connection ended before the answer did");
        }
        return octet;
    }

    /// -1 at the end of the connection.
    private int next(long lateAt) throws IOException {
        if (position == limit && !receive(lateAt)) {
            return -1;
        }
        return buffer.get(ValueLayout.JAVA_BYTE, position++) & 0xff;
    }

    private boolean receive(long lateAt) throws IOException {
        while (true) {
            long left = lateAt - System.nanoTime();
            if (left <= 0 || !Sockets.await(fd, Epoll.IN, Duration.ofNanos(left))) {
                throw new SocketTimeoutException(
                        "no answer within " + Duration.ofNanos(patienceNanos).toSeconds() + "s");
            }
            int received = Sockets.recv(errno, fd, buffer, BYTES);
            if (received == -Errno.EAGAIN || received == -Errno.EINTR) {
                continue;
            }
            position = 0;
            limit = Math.max(0, received);
            return received > 0;
        }
    }

    @Override
    public void close() {
        arena.close();
        Sockets.close(fd);
    }
}
