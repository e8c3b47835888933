package junicorn.master.upgrade;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.lang.System.Logger.Level;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Optional;
import java.util.function.Function;
import junicorn.master.loop.Event;
import junicorn.master.loop.Inbox;
import junicorn.os.Errno;
import junicorn.os.PosixException;
import junicorn.os.Sockets;

/// One end of the line between an old master and the new one: words in both directions, and its end
/// is
/// the death of the other. A thread of its own turns what comes into events.
final class UpgradeChannel {
    /// From the new master: its first worker is ready; then a space and the keys of the sockets
    /// that it
    /// serves, URL-encoded, with spaces between.
    static final String READY = "ready";

    /// From the old master: the new one stands for the service from now on.
    static final String YOURS = "yours";

    private static final System.Logger LOG = System.getLogger(UpgradeChannel.class.getName());
    private static final int WORDS_BYTES_MAX = 64 * 1024;
    private static final long STACK_BYTES = 128 * 1024;

    private final int fd;
    private final Function<String, Optional<Event>> heed;
    private final Optional<Event> end;
    private final Inbox inbox;
    private boolean closed; // guarded by this

    private UpgradeChannel(
            int fd, Function<String, Optional<Event>> heed, Optional<Event> end, Inbox inbox) {
        this.fd = fd;
        this.heed = heed;
        this.end = end;
        this.inbox = inbox;
    }

    /// Owns the descriptor from now on.
    ///
    /// @param heed what words mean, on the line's thread
    /// @param end what the end of the line means
    static UpgradeChannel open(
            int fd, Function<String, Optional<Event>> heed, Optional<Event> end, Inbox inbox) {
        var line = new UpgradeChannel(fd, heed, end, inbox);
        var reader = new Thread(null, line::read, "other master", STACK_BYTES);
        reader.setDaemon(true);
        reader.start();
        return line;
    }

    /// Nothing happens if the other is gone.
    synchronized void send(String words) {
        if (closed) {
            return;
        }
        try (var arena = Arena.ofConfined()) {
            Sockets.sendBlocking(
                    fd, arena.allocateFrom(ValueLayout.JAVA_BYTE, words.getBytes(UTF_8)));
        } catch (PosixException failed) {
            requireEnd(failed);
        }
    }

    private void read() {
        try (var arena = Arena.ofConfined()) {
            var words = arena.allocate(WORDS_BYTES_MAX);
            for (var length = receive(words); length > 0; length = receive(words)) {
                var bytes = words.asSlice(0, length).toArray(ValueLayout.JAVA_BYTE);
                var event = heed.apply(new String(bytes, UTF_8));
                if (event.isPresent()) {
                    inbox.add(event.get());
                }
            }
            close();
            if (end.isPresent()) {
                inbox.add(end.get());
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException broken) {
            LOG.log(Level.ERROR, "the line to the other master is broken", broken);
        }
    }

    private int receive(MemorySegment words) {
        try {
            return Sockets.receiveBlocking(fd, words);
        } catch (PosixException failed) {
            requireEnd(failed);
            return 0;
        }
    }

    private synchronized void close() {
        closed = true;
        Sockets.close(fd);
    }

    private static void requireEnd(PosixException failed) {
        if (failed.errno() != Errno.EPIPE && failed.errno() != Errno.ECONNRESET) {
            throw failed;
        }
    }
}
