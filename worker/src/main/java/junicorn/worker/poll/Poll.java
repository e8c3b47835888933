package junicorn.worker.poll;

import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import java.util.function.ObjIntConsumer;
import junicorn.os.Epoll;
import junicorn.os.Errno;
import junicorn.os.EventFd;
import junicorn.os.PosixException;
import junicorn.os.Sockets;
import org.jspecify.annotations.Nullable;

/// One worker's epoll set: its listeners, its connections, and a bell for work that must be done on
/// a request thread. Request threads wait in it; the control thread sweeps it.
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
    private final Crew crew;
    private final Aside aside = new Aside(this);
    private final Runnable heartbeat;
    private final ThreadFactory requestThreads =
            Thread.ofVirtual().name("request").inheritInheritableThreadLocals(false).factory();
    private LongConsumer adder = this::addToCrew;
    private volatile boolean full;
    private volatile int connectionsMax;
    private final List<LongConsumer> sweeps = new CopyOnWriteArrayList<>();
    private volatile boolean draining;
    private boolean closed; // guarded by this

    /// @param listenerFds listening, non-blocking sockets; this poll closes them
    /// @param heartbeat called by a request thread whenever it gets round
    public Poll(Concurrency concurrency, int[] listenerFds, Runnable heartbeat) {
        this.concurrency = concurrency;
        this.heartbeat = heartbeat;
        connectionsMax = concurrency.connectionsAtOnce();
        listeners = new ListenerSet(epoll, listenerFds);
        admission = new Admission(this, concurrency.requestsAtOnce());
        crew = new Crew(this, concurrency);
        int result = epoll.add(bell, Epoll.IN, BELL);
        if (result != 0) {
            throw new PosixException("epoll_ctl(ADD eventfd)", -result);
        }
    }

    /// The work of one of [Concurrency#pollThreads()] platform threads: it ends when the poll has
    /// drained.
    ///
    /// @param accepted serves a new connection that came by listener number n
    /// @param waitMillis the longest sleep, so that the heart beats in an idle worker too
    public Runnable loop(ObjIntConsumer<PolledSocket> accepted, int waitMillis) {
        return concurrency.handsOver()
                ? new VirtualLoop(this, accepted, waitMillis)
                : new PollLoop(this, accepted, waitMillis);
    }

    /// Begins to take connections.
    ///
    /// @param atMost that may be open at once, should there not be room for as many as the worker
    /// class would take
    public void open(int atMost) {
        connectionsMax = Math.min(connectionsMax, atMost);
        listeners.open();
    }

    /// Runs a task on a virtual thread of its own, if this is how requests run here
    /// ([Concurrency#handsOver()]); else false, and the caller runs it.
    public boolean handOver(Runnable task) {
        if (concurrency.handsOver()) {
            requestThreads.newThread(task).start();
            return true;
        }
        return false;
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
        sockets.forEach(PolledSocket::drain); // here: every request thread may be in a handler
        ring();
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
        aside.sweep(now);
        if (sockets.size() > 0) {
            sockets.forEach(socket -> socket.sweep(now));
        }
        sweeps.forEach(other -> other.accept(now));
    }

    /// Shows who answers for the open connections.
    public void owners(Consumer<SocketOwner> look) {
        sockets.forEach(socket -> look.accept(socket.owner));
    }

    /// Has something else done at each sweep; it must not block.
    public void whenSwept(LongConsumer other) {
        sweeps.add(other);
    }

    ListenerSet listeners() {
        return listeners;
    }

    Aside aside() {
        return aside;
    }

    Epoll epoll() {
        return epoll;
    }

    /// A new connection, owned by the caller and not armed.
    public PolledSocket adopt(int fd) {
        int serial = serials.updateAndGet(last -> (last + 1) % SERIALS);
        var socket = new PolledSocket(this, fd, serial);
        sockets.put(fd, socket);
        if (isFull()) {
            full = true;
            listeners.pause(ListenerSet.FULL);
            makeRoom(); // somebody may have left just now
        }
        return socket;
    }

    private boolean isFull() {
        return sockets.size() >= connectionsMax;
    }

    private void makeRoom() {
        if (full && !isFull()) {
            full = false;
            listeners.resume(ListenerSet.FULL);
        }
    }

    /// Has the epoll set tell of each change, once (EPOLLET). 0 or a negative errno.
    int register(int fd, int serial, boolean again, boolean toWrite) {
        int events = Epoll.EDGE | Epoll.IN | Epoll.RDHUP | (toWrite ? Epoll.OUT : 0);
        long data = data(fd, serial);
        var scratch = buffers.take(); // for its errno
        int result =
                again
                        ? epoll.modify(scratch.errno(), fd, events, data)
                        : epoll.add(scratch.errno(), fd, events, data);
        buffers.give(scratch);
        return result;
    }

    static long data(int fd, int serial) {
        return (long) serial << 32 | fd;
    }

    /// Has a thread look at a connection of which an event came before it was waited for.
    void again(int fd, int serial) {
        adder.accept(data(fd, serial));
    }

    private void addToCrew(long data) {
        if (crew.add(data)) {
            ring();
        }
    }

    /// Takes the events of [#again]; before the first connection.
    void wakesWith(LongConsumer newAdder) {
        adder = newAdder;
    }

    Crew crew() {
        return crew;
    }

    void forget(PolledSocket socket, int fd) {
        aside.forget(socket);
        if (sockets.remove(fd) == 0 && draining) {
            ring(); // the loops can end
        }
        makeRoom();
    }

    /// The connection with this event data, told what came.
    void fired(long data, int events) {
        var socket = socket(data);
        if (socket != null) {
            socket.fired((int) (data >>> 32), events);
        }
    }

    /// The connection of an event, or who has its descriptor now.
    @Nullable PolledSocket socket(long data) {
        return sockets.get((int) data);
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
            // those that are here now: what they add waits behind the events that came meanwhile
            for (int left = tasks.size(); left > 0; left--) {
                var task = tasks.poll();
                if (task != null) { // else another thread was faster
                    task.run();
                }
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
        aside.close();
        synchronized (this) {
            closed = true;
            Sockets.close(bell);
        }
        epoll.close();
    }
}
