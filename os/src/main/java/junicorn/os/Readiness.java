package junicorn.os;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/// Waiting for one descriptor, see poll(2). For many there is [Epoll].
///
/// `struct pollfd` of `<sys/poll.h>`: int fd at 0, short events at 4, short revents at 6; 8 bytes.
final class Readiness {
    private static final int POLLFD_BYTES = 8;
    private static final int EVENTS_OFFSET = 4;
    private static final int REVENTS_OFFSET = 6;
    private static final int POLLNVAL = 0x20; // <bits/poll.h>

    private Readiness() {}

    static boolean await(int fd, int events, Duration atMost) {
        long deadlineNanos = System.nanoTime() + TimeUnit.NANOSECONDS.convert(atMost);
        try (var arena = Arena.ofConfined()) {
            var errno = Errno.in(arena);
            var pollfd = arena.allocate(POLLFD_BYTES, 4);
            pollfd.set(JAVA_INT, 0, fd);
            pollfd.set(JAVA_SHORT, EVENTS_OFFSET, (short) events);
            while (true) {
                int millis = millisUntil(deadlineNanos);
                int ready = SocketCalls.poll(errno, pollfd, 1, millis);
                if (ready > 0) {
                    return requireOpen(fd, pollfd);
                }
                if (ready != -Errno.EINTR) {
                    PosixException.check(ready, "poll", fd);
                }
                if (millis == 0) {
                    return false;
                }
            }
        }
    }

    private static boolean requireOpen(int fd, MemorySegment pollfd) {
        boolean open = (pollfd.get(JAVA_SHORT, REVENTS_OFFSET) & POLLNVAL) == 0;
        PosixException.check(open ? 0 : -Errno.EBADF, "poll", fd);
        return true;
    }

    /// Rounded up, so that the last wait is not a busy one; 0 when it has passed.
    private static int millisUntil(long deadlineNanos) {
        long nanos = Math.max(0, deadlineNanos - System.nanoTime());
        return (int) Math.min(Integer.MAX_VALUE, Math.ceilDiv(nanos, 1_000_000));
    }
}
