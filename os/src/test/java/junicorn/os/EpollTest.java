package junicorn.os;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class EpollTest {
    @RegisterExtension final Fds fds = new Fds();

    private final Errno errno = Errno.allocate();
    private final Epoll.Events events = new Epoll.Events(8);
    private Epoll epoll;

    @BeforeEach
    void open() {
        epoll = new Epoll();
    }

    @AfterEach
    void close() {
        epoll.close();
    }

    @Test
    void anEventCarriesItsWord() {
        int first = signalled();
        int second = signalled();
        epoll.add(errno, first, Epoll.IN, 0xfedcba9876543210L);
        epoll.add(second, Epoll.IN | Epoll.OUT, -1);

        int count = epoll.await(events, 8, -1);

        assertThat(count).isEqualTo(2);
        assertThat(List.of(events.data(0), events.data(1)))
                .containsExactlyInAnyOrder(0xfedcba9876543210L, -1L);
        assertThat(List.of(events.events(0), events.events(1)))
                .containsExactlyInAnyOrder(Epoll.IN, Epoll.IN | Epoll.OUT);
    }

    @Test
    void noMoreEventsComeThanAreAskedFor() {
        for (int i = 0; i < 9; i++) {
            epoll.add(signalled(), Epoll.IN, i);
        }

        assertThat(epoll.await(events, 3, 0)).isEqualTo(3);
        assertThat(epoll.await(events, 100, 0)).isEqualTo(8);
    }

    @Test
    void aOneShotIsGivenOnceUntilItIsArmedAgain() {
        int fd = signalled();
        epoll.add(errno, fd, Epoll.IN | Epoll.ONESHOT, 1);
        int first = epoll.await(events, 8, 0);
        int second = epoll.await(events, 8, 0);

        int armed = epoll.modify(errno, fd, Epoll.IN | Epoll.ONESHOT, 2);
        int third = epoll.await(events, 8, 0);

        assertThat(first).isEqualTo(1);
        assertThat(second).isZero();
        assertThat(armed).isZero();
        assertThat(third).isEqualTo(1);
        assertThat(events.data(0)).isEqualTo(2);
        assertThat(epoll.modify(fd, 0, 0)).isZero();
    }

    @Test
    void whatIsTakenOutIsSilent() {
        int fd = signalled();
        epoll.add(errno, fd, Epoll.IN, 1);

        assertThat(epoll.remove(errno, fd)).isZero();
        assertThat(epoll.await(events, 8, 0)).isZero();
    }

    @Test
    void aClosedPeerHangsUp() {
        var pair = fds.pair();
        epoll.add(pair[1], Epoll.RDHUP, 1);

        fds.close(pair[0]);

        assertThat(epoll.await(events, 8, 0)).isEqualTo(1);
        assertThat(events.events(0)).isEqualTo(Epoll.HUP | Epoll.RDHUP);
    }

    @Test
    void waitingEndsWithTheTime() {
        assertThat(epoll.await(events, 8, 3)).isZero();
    }

    @Test
    void waitingEndsWithTheEvent() throws InterruptedException {
        int fd = fds.own(EventFd.create());
        epoll.add(fd, Epoll.IN, 5);
        var waiters = new Waiters();
        waiters.start("waiter", epoll);

        EventFd.signal(fd);

        assertThat(waiters.woken.tryAcquire(20, SECONDS)).isTrue();
    }

    @Test
    void onlyOneOfTheExclusiveIsWoken() throws InterruptedException {
        int listener = fds.listener(Fds.loopback());
        var sets = new ArrayList<Epoll>();
        var waiters = new Waiters();
        for (int i = 0; i < 4; i++) {
            var set = new Epoll();
            sets.add(set);
            assertThat(set.add(errno, listener, Epoll.IN | Epoll.EXCLUSIVE, i)).isZero();
            waiters.start("exclusive-" + i, set);
        }

        for (int connections = 1; connections <= 4; connections++) {
            fds.client(listener);

            assertThat(waiters.woken.tryAcquire(20, SECONDS)).isTrue();
            assertThat(waiters.woken.tryAcquire(30, TimeUnit.MILLISECONDS)).isFalse();
        }

        sets.forEach(Epoll::close);
    }

    @Test
    void exclusiveIsForAddingOnly() {
        int listener = fds.listener(Fds.loopback());

        assertThat(epoll.add(listener, Epoll.IN | Epoll.EXCLUSIVE | Epoll.ONESHOT, 0))
                .isEqualTo(-Errno.EINVAL);
        assertThat(epoll.add(listener, Epoll.IN | Epoll.EXCLUSIVE, 0)).isZero();
        assertThat(epoll.modify(listener, Epoll.IN, 0)).isEqualTo(-Errno.EINVAL);
        assertThat(epoll.remove(listener)).isZero();
    }

    @Test
    void mistakesAreAnswers() {
        int fd = signalled();

        assertThat(epoll.modify(errno, fd, Epoll.IN, 0)).isEqualTo(-Errno.ENOENT);
        assertThat(epoll.remove(errno, fd)).isEqualTo(-Errno.ENOENT);
        assertThat(epoll.add(errno, fd, Epoll.IN, 0)).isZero();
        assertThat(epoll.add(errno, fd, Epoll.IN, 0)).isEqualTo(-Errno.EEXIST);
        assertThat(epoll.add(errno, 987_654, Epoll.IN, 0)).isEqualTo(-Errno.EBADF);
    }

    @Test
    void noRoomAndAClosedSetAreThrown() {
        var closed = new Epoll();
        closed.close();

        assertThatThrownBy(() -> new Epoll.Events(0))
                .hasMessage("capacity must be at least 1, was 0");
        assertThatThrownBy(() -> epoll.await(events, 0, 0)).hasMessageContaining("EINVAL");
        assertThatThrownBy(() -> closed.await(events, 1, 0)).hasMessageContaining("EBADF");
    }

    private int signalled() {
        int fd = fds.own(EventFd.create());
        EventFd.signal(fd);
        return fd;
    }

    /// Threads that wait for one event each.
    private static final class Waiters {
        final Semaphore woken = new Semaphore(0);

        /// Returns when the thread waits in the kernel.
        void start(String name, Epoll set) {
            Thread.ofPlatform()
                    .daemon()
                    .name(name)
                    .start(
                            () -> {
                                if (set.await(new Epoll.Events(1), 1, 20_000) == 1) {
                                    woken.release();
                                }
                            });
            Await.until(name + " waits", () -> waits(name));
        }

        private static boolean waits(String name) {
            try (var tasks = Files.newDirectoryStream(Path.of("/proc/self/task"))) {
                for (var task : tasks) {
                    if (Files.readString(task.resolve("comm")).strip().equals(name)) {
                        return Files.readString(task.resolve("wchan")).contains("poll");
                    }
                }
                return false;
            } catch (IOException gone) { // a thread ended meanwhile
                return false;
            }
        }
    }
}
