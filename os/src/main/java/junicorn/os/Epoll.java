package junicorn.os;

import static java.lang.foreign.ValueLayout.JAVA_INT_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/// One epoll set, see epoll(7): descriptors, what each is watched for, and a word of the caller's
/// for each. Any thread may change it while others wait.
public final class Epoll implements AutoCloseable {
    public static final int IN = 1; // <sys/epoll.h>, all of them
    public static final int OUT = 4;
    public static final int ERR = 8;
    public static final int HUP = 0x10;
    public static final int RDHUP = 0x2000;

    /// Of several sets that watch one descriptor, not all wake up. Not with [#modify], nor
    /// [#ONESHOT].
    public static final int EXCLUSIVE = 1 << 28;

    /// One event, then none until [#modify].
    public static final int ONESHOT = 1 << 30;

    /// Tells of each change once, not as long as it lasts.
    public static final int EDGE = 1 << 31;

    private static final int EPOLL_CLOEXEC = 0x80000;
    private static final int EPOLL_CTL_ADD = 1;
    private static final int EPOLL_CTL_DEL = 2;
    private static final int EPOLL_CTL_MOD = 3;

    /// `struct epoll_event`: u32 events at 0, u64 data at 4 or 8, see [Platform].
    private static final int EVENT_BYTES = Platform.current().epollEventBytes();

    private static final int DATA_OFFSET = Platform.current().epollDataOffset();

    private final int fd;

    /// A new set, closed on exec.
    public Epoll() {
        try (var arena = Arena.ofConfined()) {
            fd =
                    (int)
                            PosixException.check(
                                    EpollCalls.create(Errno.in(arena), EPOLL_CLOEXEC),
                                    "epoll_create1");
        }
    }

    /// Watches one more descriptor: 0 or `-errno` (EEXIST), see epoll_ctl(2). Hot.
    public int add(Errno errno, int fd, int events, long data) {
        return control(errno, EPOLL_CTL_ADD, fd, events, data);
    }

    /// Watches it otherwise, or once more: 0 or `-errno` (ENOENT). Hot.
    public int modify(Errno errno, int fd, int events, long data) {
        return control(errno, EPOLL_CTL_MOD, fd, events, data);
    }

    /// Watches it no more: 0 or `-errno` (ENOENT). Closing does so too, but only when no other
    /// descriptor, also in another process, shares the open file. Hot.
    public int remove(Errno errno, int fd) {
        return control(errno, EPOLL_CTL_DEL, fd, 0, 0);
    }

    /// As [#add(Errno, int, int, long)], with an [Errno] of its own: for where it is rare.
    public int add(int fd, int events, long data) {
        try (var arena = Arena.ofConfined()) {
            return add(Errno.in(arena), fd, events, data);
        }
    }

    /// As [#modify(Errno, int, int, long)], where it is rare.
    public int modify(int fd, int events, long data) {
        try (var arena = Arena.ofConfined()) {
            return modify(Errno.in(arena), fd, events, data);
        }
    }

    /// As [#remove(Errno, int)], where it is rare.
    public int remove(int fd) {
        try (var arena = Arena.ofConfined()) {
            return remove(Errno.in(arena), fd);
        }
    }

    private int control(Errno errno, int operation, int watched, int events, long data) {
        var event = errno.scratch();
        event.set(JAVA_INT_UNALIGNED, 0, events);
        event.set(JAVA_LONG_UNALIGNED, DATA_OFFSET, data);
        return EpollCalls.control(errno, fd, operation, watched, event);
    }

    /// Waits for events, see epoll_wait(2): how many were put `into`; 0 after `timeoutMillis` (-1:
    /// never) or when a signal came. What is ready at once is fetched by a quick call. Hot.
    public int await(Events into, int atMost, int timeoutMillis) {
        int eventsMax = Math.min(atMost, into.capacity);
        int count = EpollCalls.ask(into.errno, fd, into.segment, eventsMax);
        if (count == 0 && timeoutMillis != 0) {
            count = EpollCalls.await(into.errno, fd, into.segment, eventsMax, timeoutMillis);
        }
        if (count == -Errno.EINTR) {
            return 0;
        }
        return count >= 0 ? count : (int) PosixException.check(count, "epoll_wait", fd);
    }

    /// What is ready now: how many events were put `into`. Never waits. Hot.
    public int ask(Events into, int atMost) {
        int count = EpollCalls.ask(into.errno, fd, into.segment, Math.min(atMost, into.capacity));
        return count >= 0 ? count : (int) PosixException.check(count, "epoll_wait", fd);
    }

    @Override
    public void close() {
        Sockets.close(fd);
    }

    /// Room for the events of one wait. One for each thread that waits.
    public static final class Events {
        private final int capacity;
        private final MemorySegment segment;
        private final Errno errno = Errno.allocate();

        public Events(int capacity) {
            if (capacity < 1) {
                throw new IllegalArgumentException("capacity must be at least 1, was " + capacity);
            }
            this.capacity = capacity;
            this.segment = Arena.ofAuto().allocate((long) capacity * EVENT_BYTES, 8);
        }

        /// The most that one wait brings.
        public int capacity() {
            return capacity;
        }

        /// What happened on number `i`: a set of [#IN] and so on; [#ERR] and [#HUP] come unasked.
        public int events(int i) {
            return segment.get(JAVA_INT_UNALIGNED, (long) i * EVENT_BYTES);
        }

        /// The word given with [#add].
        public long data(int i) {
            return segment.get(JAVA_LONG_UNALIGNED, (long) i * EVENT_BYTES + DATA_OFFSET);
        }
    }
}
