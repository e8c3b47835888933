package junicorn.systemtest;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import junicorn.os.Epoll;
import junicorn.os.Sockets;
import junicorn.os.UnixDatagrams;

/// The service manager's end of NOTIFY_SOCKET: all that was said to it, in order, each assignment
/// by itself.
final class NotifySocket implements AutoCloseable {
    private final String name;
    private final int fd;
    private final MemorySegment buffer = Arena.ofAuto().allocate(4096);
    private final List<String> heard = new ArrayList<>();

    /// @param name a path, or `@name`
    NotifySocket(String name) {
        this.name = name;
        fd = UnixDatagrams.receiver(name);
    }

    String name() {
        return name;
    }

    List<String> heard() {
        while (Sockets.await(fd, Epoll.IN, Duration.ZERO)) {
            int length = Sockets.receiveBlocking(fd, buffer);
            var text = new String(buffer.asSlice(0, length).toArray(ValueLayout.JAVA_BYTE), UTF_8);
            heard.addAll(text.lines().toList());
        }
        return List.copyOf(heard);
    }

    /// Everything but the state in words and the watchdog.
    List<String> news() {
        return heard().stream()
                .filter(it -> !it.startsWith("STATUS=") && !it.startsWith("WATCHDOG="))
                .toList();
    }

    List<String> await(String what, Predicate<List<String>> wanted) {
        return Await.until(what, Await.BOOT, this::heard, wanted);
    }

    List<String> await(String line) {
        return await(line, all -> all.contains(line));
    }

    @Override
    public void close() {
        Sockets.close(fd);
    }
}
