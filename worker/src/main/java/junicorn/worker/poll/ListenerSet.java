package junicorn.worker.poll;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import junicorn.os.Epoll;
import junicorn.os.Errno;
import junicorn.os.PosixException;
import junicorn.os.Sockets;

/// The shared listeners in this worker's epoll set. EPOLLEXCLUSIVE: one connection wakes one worker
/// that waits, and none that works. The kernel always asks the first of its queue; [#rotate] goes
/// to the end of it, so connections spread over the workers (see epoll_ctl(2) and
/// docs/adr/0003-threads-poll-for-themselves.md).
final class ListenerSet {
    /// Reasons for a pause: all that may run runs; all that may be open is open; the end.
    static final int BUSY = 1;

    static final int FULL = 2;
    private static final int CLOSED = 4;
    private static final int NOT_YET = 8;

    private static final Logger LOG = System.getLogger(ListenerSet.class.getName());

    private final Epoll epoll;
    private final int[] fds;
    private final Errno errno = Errno.allocate(); // guarded by this
    private final boolean[] listening; // guarded by this
    private volatile int paused = NOT_YET; // the reasons, a set of bits
    private boolean closed;
    private boolean complained;

    ListenerSet(Epoll epoll, int[] fds) {
        this.epoll = epoll;
        this.fds = fds.clone();
        this.listening = new boolean[fds.length];
    }

    /// Begins to listen.
    void open() {
        resume(NOT_YET);
    }

    /// The next connection of listener `index`: its fd, or -1 if there is none to be had.
    int accept(Errno errno, int index) {
        if (paused != 0) {
            return -1;
        }
        int fd = Sockets.accept(errno, fds[index]);
        if (fd >= 0) {
            return fd;
        }
        switch (-fd) {
            case Errno.EAGAIN, Errno.EINTR, Errno.ECONNABORTED, Errno.EPROTO -> {}
            default -> refused(index, -fd);
        }
        return -1;
    }

    /// Out of descriptors or memory: the connection stays in the queue, where a sibling may take
    /// it. Stops asking until the sweeper resumes, for the listener would be ready again at once.
    private synchronized void refused(int index, int errno) {
        if (closed) {
            return;
        }
        remove(index);
        if (!complained) {
            complained = true;
            LOG.log(
                    Level.ERROR,
                    "cannot accept connections: "
                            + Errno.describe(errno)
                            + " ("
                            + Errno.name(errno)
                            + ")");
        }
    }

    /// After an accept: goes to the end of the kernel's queue.
    synchronized void rotate(int index) {
        if (listening[index]) {
            renew(index);
        }
    }

    /// Takes no more connections for now.
    synchronized void pause(int reason) {
        paused |= reason;
        for (int i = 0; i < fds.length; i++) {
            remove(i);
        }
    }

    /// Takes connections again, unless there is another reason not to.
    synchronized void resume(int reason) {
        paused &= ~reason;
        restore();
    }

    /// Listens again where it had to stop, and has the kernel look at the queues afresh; the
    /// sweeper calls it. EPOLLEXCLUSIVE tells one worker of a connection, once: if that one is
    /// killed just then, or has begun to drain, nobody else would know until the next one comes.
    synchronized void restore() {
        if (!closed && paused == 0) {
            for (int i = 0; i < fds.length; i++) {
                renew(i);
            }
        }
    }

    /// EPOLL_CTL_ADD looks whether something is there already.
    private void renew(int index) {
        remove(index);
        add(index);
    }

    /// For good: the siblings have the queue.
    synchronized void close() {
        if (!closed) {
            pause(CLOSED);
            closed = true;
            for (int fd : fds) {
                Sockets.close(fd);
            }
        }
    }

    private void add(int index) {
        if (!listening[index] && !closed && paused == 0) {
            int result =
                    epoll.add(errno, fds[index], Epoll.IN | Epoll.EXCLUSIVE, Poll.LISTENER | index);
            if (result != 0) {
                throw new PosixException("epoll_ctl(ADD listener " + fds[index] + ")", -result);
            }
            listening[index] = true;
        }
    }

    private void remove(int index) {
        if (listening[index]) {
            epoll.remove(errno, fds[index]);
            listening[index] = false;
        }
    }
}
