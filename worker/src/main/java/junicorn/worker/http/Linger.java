package junicorn.worker.http;

import java.time.Duration;
import junicorn.worker.poll.PolledSocket;
import junicorn.worker.poll.SocketOwner;

/// The end of a connection that has had its last answer and may still be sending: what comes is
/// read and thrown away. For a close with unread input is answered with RST, and that can destroy
/// the answer on its way (RFC 9112, section 9.6). Lasts as long as the client sends, and little
/// longer; never longer than [#AT_MOST].
final class Linger implements SocketOwner {
    static final Duration AT_MOST = Duration.ofSeconds(10);

    /// How long the client may send nothing.
    static final Duration SILENCE = Duration.ofSeconds(2);

    /// Reads of up to 64 KiB each before others have the thread.
    private static final int READS = 16;

    private final PolledSocket socket;
    private final long end = System.nanoTime() + AT_MOST.toNanos();

    private Linger(PolledSocket socket) {
        this.socket = socket;
    }

    /// Takes a socket over from its owner, who must not touch it again.
    static void over(PolledSocket socket) {
        var linger = new Linger(socket);
        socket.ownedBy(linger);
        socket.shutdownOutput();
        linger.discard();
    }

    private void discard() {
        int count = 1;
        var scratch = socket.poll().buffers().take();
        try {
            for (int i = 0; i < READS && count > 0; i++) {
                count = socket.receive(scratch);
            }
        } finally {
            socket.poll().buffers().give(scratch);
        }
        long now = System.nanoTime();
        if (count < 0 || now - end >= 0) {
            socket.close();
        } else {
            socket.deadline(Math.min(now + SILENCE.toNanos(), end));
            socket.arm(PolledSocket.READ);
        }
    }

    @Override
    public void ready(int interest) {
        discard();
    }

    @Override
    public void expired() {
        socket.close();
    }

    /// A drain waits for those who linger: their answer is not safe yet.
    @Override
    public void draining() {
        socket.arm(PolledSocket.READ);
    }
}
