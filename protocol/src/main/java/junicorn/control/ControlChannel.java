package junicorn.control;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Optional;
import junicorn.os.Errno;
import junicorn.os.PosixException;
import junicorn.os.Sockets;

/// One end of the socketpair between the master and one worker; the kernel keeps the boundaries of
/// messages (SOCK_SEQPACKET). It does not own the fd: who made it closes it.
///
/// Any thread may send; one thread receives. The end of the stream is the death of the other side.
public final class ControlChannel {
    /// Longer messages are cut, if a text in them can be, or refused.
    public static final int MESSAGE_BYTES_MAX = 64 * 1024;

    private final int fd;
    private final MemorySegment incoming = Arena.ofAuto().allocate(MESSAGE_BYTES_MAX);

    public ControlChannel(int fd) {
        this.fd = fd;
    }

    /// What became of a message that nobody waits for.
    public enum Offer {
        TAKEN,
        /// The other side has not read what it was sent before.
        FULL,
        /// The other side is gone.
        GONE
    }

    /// Sends one message if there is room for it in the socket's buffer. For the master, whose one
    /// thread must not wait for a worker that is stopped or stuck.
    ///
    /// @throws IllegalArgumentException if the message is longer than [#MESSAGE_BYTES_MAX]
    public synchronized Offer offer(Message message) {
        var bytes = fitting(message);
        try (var arena = Arena.ofConfined()) {
            var taken = Sockets.sendAtOnce(fd, arena.allocateFrom(ValueLayout.JAVA_BYTE, bytes));
            return taken ? Offer.TAKEN : Offer.FULL;
        } catch (PosixException failed) {
            requireEnd(failed);
            return Offer.GONE;
        }
    }

    /// Sends one message; blocks while the socket's buffer is full.
    ///
    /// @return false if the other side is gone
    /// @throws IllegalArgumentException if the message is longer than [#MESSAGE_BYTES_MAX]
    public synchronized boolean send(Message message) {
        var bytes = fitting(message);
        try (var arena = Arena.ofConfined()) {
            Sockets.sendBlocking(fd, arena.allocateFrom(ValueLayout.JAVA_BYTE, bytes));
            return true;
        } catch (PosixException failed) {
            requireEnd(failed);
            return false;
        }
    }

    /// Waits for the next message. Empty when the other side is gone, and for good.
    ///
    /// @throws IllegalArgumentException if what came is none of our messages
    public Optional<Message> receive() {
        var length = receiveBytes();
        return length == 0
                ? Optional.empty()
                : Optional.of(
                        Message.decode(incoming.asSlice(0, length).toArray(ValueLayout.JAVA_BYTE)));
    }

    private int receiveBytes() {
        try {
            return Sockets.receiveBlocking(fd, incoming);
        } catch (PosixException failed) {
            requireEnd(failed);
            return 0;
        }
    }

    /// The other side is gone; ECONNRESET says that it left something unread.
    private static void requireEnd(PosixException failed) {
        if (failed.errno() != Errno.EPIPE && failed.errno() != Errno.ECONNRESET) {
            throw failed;
        }
    }

    static byte[] fitting(Message message) {
        var bytes = message.encode();
        if (bytes.length <= MESSAGE_BYTES_MAX) {
            return bytes;
        }
        if (message instanceof Message.BootFailed failure && failure.isLong()) {
            return fitting(failure.cut());
        }
        if (message instanceof Message.Explained explained) {
            return fitting(explained.cut());
        }
        throw new IllegalArgumentException(
                "a message of " + bytes.length + " bytes, at most " + MESSAGE_BYTES_MAX);
    }
}
