package junicorn.worker.http;

import java.time.Duration;
import org.eclipse.jetty.io.EndPoint;

/// The time between the last answer and the close, in which what the client still sends is read and
/// thrown away: a close with unread input is answered with RST, and that can destroy the answer on
/// its way (RFC 9112, section 9.6). As long as the client sends, and little longer; never longer
/// than [#AT_MOST].
final class Linger {
    static final Duration AT_MOST = Duration.ofSeconds(10);

    /// How long the client may send nothing.
    static final Duration SILENCE = Duration.ofSeconds(2);

    /// Reads of up to 64 KiB each before others have the thread.
    private static final int READS = 16;

    private long end;

    /// @param now [System#nanoTime()]
    void begin(long now) {
        end = now + AT_MOST.toNanos();
    }

    /// Reads on. True if that is enough: the client has closed, or its time is over.
    boolean done(Inbound inbound, EndPoint endPoint, long now) {
        int count = 1;
        for (int i = 0; i < READS && count > 0; i++) {
            count = inbound.discard(endPoint);
        }
        return count < 0 || now - end >= 0;
    }

    /// When to look again at the latest, in [System#nanoTime()].
    long deadline(long now) {
        return Math.min(now + SILENCE.toNanos(), end);
    }
}
