package junicorn.os;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// The calls that serve requests leave no garbage once the compiler has seen them.
class HotCallsTest {
    private static final int CALLS = 2000;

    @RegisterExtension final Fds fds = new Fds();

    private final Errno errno = Errno.allocate();
    private final MemorySegment memory = Arena.ofAuto().allocate(1024);
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(64);
    private final Gather gather = new Gather();

    @Test
    void transfersAllocateNothing() {
        var pair = fds.pair();

        awaitNoAllocation("recv", () -> Sockets.recv(errno, pair[0], memory, 512));
        awaitNoAllocation(
                "send and recv",
                () -> {
                    Sockets.send(errno, pair[0], memory, 512);
                    Sockets.recv(errno, pair[1], memory, 512);
                });
        awaitNoAllocation(
                "gathered send and recv",
                () -> {
                    gather.clear().add(memory, 0, 100);
                    gather.add(buffer);
                    Sockets.send(errno, pair[0], gather);
                    Sockets.recv(errno, pair[1], memory, 512);
                });
    }

    @Test
    void acceptingAndClosingAllocateNothing() {
        int listener = fds.listener(Fds.loopback());

        awaitNoAllocation("accept", () -> Sockets.accept(errno, listener));
        awaitNoAllocation("setsockopt", () -> Sockets.noDelay(listener));
        awaitNoAllocation("close", () -> Sockets.close(errno, 987_654));
        awaitNoAllocation("shutdown", () -> Sockets.shutdownWrite(errno, 987_654));
    }

    @Test
    void pollingAllocatesNothing() {
        int fd = fds.own(EventFd.create());
        EventFd.signal(fd);
        var events = new Epoll.Events(4);
        try (var epoll = new Epoll()) {
            epoll.add(errno, fd, Epoll.IN, 1);

            awaitNoAllocation("epoll_ctl", () -> epoll.modify(errno, fd, Epoll.IN, 2));
            awaitNoAllocation(
                    "epoll_wait",
                    () -> {
                        int count = epoll.await(events, 4, 0);
                        assertEquals(count, 1);
                        assertEquals(events.events(0), Epoll.IN);
                        assertEquals(events.data(0), 2);
                    });
        }
    }

    /// Without the objects that AssertJ makes.
    private static void assertEquals(long actual, long expected) {
        if (actual != expected) {
            assertThat(actual).isEqualTo(expected);
        }
    }

    private static void awaitNoAllocation(String what, Runnable call) {
        var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        Await.until(
                what + " without allocation",
                () -> {
                    long before = threads.getCurrentThreadAllocatedBytes();
                    for (int i = 0; i < CALLS; i++) {
                        call.run();
                    }
                    return threads.getCurrentThreadAllocatedBytes() - before < CALLS;
                });
    }
}
