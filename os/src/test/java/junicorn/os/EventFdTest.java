package junicorn.os;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class EventFdTest {
    @RegisterExtension final Fds fds = new Fds();

    @Test
    void itIsReadableFromTheFirstSignalUntilItIsCleared() {
        int fd = fds.own(EventFd.create());
        boolean atFirst = readable(fd);

        EventFd.signal(fd);
        EventFd.signal(fd);
        boolean signalled = readable(fd);
        EventFd.clear(fd);
        boolean cleared = readable(fd);

        assertThat(atFirst).isFalse();
        assertThat(signalled).isTrue();
        assertThat(cleared).isFalse();
    }

    @Test
    void clearingWhatIsNotSignalledDoesNotWait() {
        int fd = fds.own(EventFd.create());

        EventFd.clear(fd);

        assertThat(readable(fd)).isFalse();
    }

    @Test
    void whatIsNotOpenIsThrown() {
        assertThatThrownBy(() -> EventFd.signal(987_654))
                .hasMessage("eventfd_write(987654) failed: EBADF (bad file descriptor)");
        assertThatThrownBy(() -> EventFd.clear(987_654))
                .hasMessage("eventfd_read(987654) failed: EBADF (bad file descriptor)");
    }

    private static boolean readable(int fd) {
        return Sockets.await(fd, Epoll.IN, Duration.ZERO);
    }
}
