package junicorn.worker.poll;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.function.ObjIntConsumer;
import junicorn.os.Epoll;
import junicorn.os.Errno;

/// A request thread: waits for an event, serves it to its end, waits again. There is no hand-off
/// and no queue: a thread that works does not wait, so the kernel gives its connections to somebody
/// who does.
public final class PollLoop implements Runnable {
    private static final Logger LOG = System.getLogger(PollLoop.class.getName());

    private final Poll poll;
    private final ObjIntConsumer<PolledSocket> accepted;
    private final int waitMillis;
    private final Epoll.Events events;
    private final Errno errno = Errno.allocate();
    private final int acceptsInARow;
    private final int eventsAtOnce;

    /// @param accepted serves a new connection that came by listener number n
    /// @param waitMillis the longest sleep, so that the heart beats in an idle worker too
    public PollLoop(Poll poll, ObjIntConsumer<PolledSocket> accepted, int waitMillis) {
        this.poll = poll;
        this.accepted = accepted;
        this.waitMillis = waitMillis;
        acceptsInARow = poll.concurrency().acceptsInARow();
        eventsAtOnce = poll.concurrency().eventsAtOnce();
        events = new Epoll.Events(eventsAtOnce);
    }

    /// Runs until the poll has drained.
    @Override
    public void run() {
        while (!poll.finished()) {
            poll.beat();
            int count = poll.epoll().await(events, eventsAtOnce, waitMillis);
            for (int i = 0; i < count; i++) {
                serve(events.data(i), events.events(i));
            }
        }
    }

    /// The request boundary of rule 17: whatever a connection did wrong, the thread goes on to the
    /// next.
    private void serve(long data, int happened) {
        try {
            if ((data & Poll.LISTENER) != 0) {
                accept((int) data);
            } else if (data == Poll.BELL) {
                poll.runTasks();
            } else {
                poll.fired(data, happened);
            }
        } catch (RuntimeException | Error e) {
            if (e instanceof VirtualMachineError fatal && !(e instanceof StackOverflowError)) {
                throw fatal;
            }
            LOG.log(Level.ERROR, "a connection was given up after an internal error", e);
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
}
