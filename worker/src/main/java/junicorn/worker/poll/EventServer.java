package junicorn.worker.poll;

import java.util.function.ObjIntConsumer;
import junicorn.os.Errno;

/// Serves one event of the poll: a listener's, the bell's or a connection's. One for each thread
/// that does so.
final class EventServer {
    private final Poll poll;
    private final ObjIntConsumer<PolledSocket> accepted;
    private final Errno errno = Errno.allocate();
    private final int acceptsInARow;

    /// @param accepted serves a new connection that came by listener number n
    EventServer(Poll poll, ObjIntConsumer<PolledSocket> accepted) {
        this.poll = poll;
        this.accepted = accepted;
        acceptsInARow = poll.concurrency().acceptsInARow();
    }

    /// The request boundary of rule 17: whatever a connection did wrong, the thread goes on to the
    /// next.
    void serve(long data, int happened) {
        try {
            if ((data & Poll.LISTENER) != 0) {
                accept((int) data);
            } else if (data == Poll.BELL) {
                poll.runTasks();
            } else {
                poll.fired(data, happened);
            }
        } catch (Throwable e) {
            Fault.log("a connection was given up", e);
        }
    }

    private void accept(int listener) {
        int taken = 0;
        try {
            while (taken < acceptsInARow && !poll.draining()) {
                int fd = poll.accept(errno, listener);
                if (fd < 0) {
                    break;
                }
                taken++;
                poll.beat();
                begin(poll.adopt(fd), listener);
            }
        } finally {
            if (taken > 0) {
                poll.listeners().rotate(listener);
            }
        }
    }

    private void begin(PolledSocket socket, int listener) {
        boolean served = false;
        try {
            accepted.accept(socket, listener);
            served = true;
        } finally {
            if (!served) {
                socket.close();
            }
        }
    }
}
