package junicorn.worker.poll;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import junicorn.os.Epoll;
import junicorn.os.Errno;
import junicorn.os.EventFd;
import junicorn.os.PosixException;
import junicorn.os.Sockets;

/// One worker's epoll set: its listeners, its connections, and a bell for work that must be done on
/// a request thread. Request threads ([PollLoop]) wait in it; the control thread sweeps it.
public final class Poll implements AutoCloseable {
    /// Bits of an event's data that are not a connection's: bit 63 a listener (its index below),
    /// bit 62 the bell.
    static final long LISTENER = 1L << 63;

    static final long BELL = 1L << 62;
    private static final int SERIALS = 1 << 30;

    private final Epoll epoll = new Epoll();
    private final int bell = EventFd.create();
    private final SocketTable sockets = new SocketTable();
    private final AtomicInteger serials = new AtomicInteger();
    private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
    private final IoBuffers buffers = new IoBuffers();
    private final Concurrency concurrency;
    private final ListenerSet listeners;
    private final Admission admission;
    private final Runnable heartbeat;
    private volatile boolean draining;
    private boolean closed; // guarded by this

    /// @param listenerFds listening, non-blocking sockets; this poll closes them
    /// @param heartbeat called by a request thread whenever it gets round
    public Poll(Concurrency concurrency, int[] listenerFds, Runnable heartbeat) {
        this.concurrency = concurrency;
        this.heartbeat = heartbeat;
        listeners = new ListenerSet(epoll, listenerFds);
        admission = new Admission(this, concurrency.requestsAtOnce());
        int result = epoll.add(bell, Epoll.IN, BELL);
        if (result != 0) {
            throw new PosixException("epoll_ctl(ADD eventfd)", -result);
        }
    }

    /// Begins to take connections.
    public void open() {
        listeners.open();
    }

    public Concurrency concurrency() {
        return concurrency;
    }

    public IoBuffers buffers() {
        return buffers;
    }

    public Admission admission() {
        return admission;
    }

    /// Runs a task on a request thread, soon.
    public void execute(Runnable task) {
        tasks.add(task);
        ring();
    }

    /// Says that the thread which serves is getting on; for waits in the middle of a request too.
    public void beat() {
        heartbeat.run();
    }

    /// Connections that are open now.
    public int connections() {
        return sockets.size();
    }

    /// Takes no more connections and closes those that have nothing to say; the loops end with the
    /// last one. The accept queue is left to the siblings.
    public void drain() {
        listeners.close();
        draining = true;
        execute(() -> sockets.forEach(PolledSocket::drain));
    }

    public boolean draining() {
        return draining;
    }

    boolean finished() {
        return draining && sockets.size() == 0 && tasks.isEmpty();
    }

    /// Enforces the deadlines of armed connections. The control thread calls it a few times a
    /// second.
    ///
    /// @param now [System#nanoTime()]
    public void sweep(long now) {
        listeners.restore();
        if (sockets.size() > 0) {
            sockets.forEach(socket -> socket.sweep(now));
        }
    }

    ListenerSet listeners() {
        return listeners;
    }

    Epoll epoll() {
        return epoll;
    }

    /// A new connection, owned by the caller and not armed.
    public PolledSocket adopt(int fd) {
        int serial = serials.updateAndGet(last -> (last + 1) % SERIALS);
        var socket = new PolledSocket(this, fd, serial);
        sockets.put(fd, socket);
        return socket;
    }

    /// Arms for one event. 0 or a negative errno.
    int arm(int fd, int serial, boolean registered, int interest) {
        int events = Epoll.ONESHOT;
        if ((interest & PolledSocket.READ) != 0) {
            events |= Epoll.IN | Epoll.RDHUP;
        }
        if ((interest & PolledSocket.WRITE) != 0) {
            events |= Epoll.OUT;
        }
        long data = (long) serial << 32 | fd;
        var scratch = buffers.take(); // for its errno
        int result =
                registered
                        ? epoll.modify(scratch.errno(), fd, events, data)
                        : epoll.add(scratch.errno(), fd, events, data);
        buffers.give(scratch);
        return result;
    }

    void forget(int fd) {
        if (sockets.remove(fd) == 0 && draining) {
            ring(); // the loops can end
        }
    }

    /// The connection with this event data, told what came.
    void fired(long data, int events) {
        var socket = sockets.get((int) data);
        if (socket != null) {
            socket.fired((int) (data >>> 32), events);
        }
    }

    /// The last connection may be closed by a thread that outlives the poll.
    private synchronized void ring() {
        if (!closed) {
            EventFd.signal(bell);
        }
    }

    void runTasks() {
        EventFd.clear(bell);
        try {
            for (var task = tasks.poll(); task != null; task = tasks.poll()) {
                task.run();
            }
        } finally {
            if (finished() || !tasks.isEmpty()) {
                ring(); // pass it on to the other threads, or come back
            }
        }
    }

    int accept(Errno errno, int listener) {
        return listeners.accept(errno, listener);
    }

    /// Closes whatever is left. The loops must have ended.
    @Override
    public void close() {
        listeners.close();
        sockets.forEach(PolledSocket::close);
        synchronized (this) {
            closed = true;
            Sockets.close(bell);
        }
        epoll.close();
    }
}
