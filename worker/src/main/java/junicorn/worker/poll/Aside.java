package junicorn.worker.poll;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import junicorn.os.Epoll;
import junicorn.os.Errno;
import junicorn.os.EventFd;
import junicorn.os.PosixException;
import junicorn.os.Sockets;
import org.jspecify.annotations.Nullable;

/// A second epoll set with a thread of its own, for the clients that something in this worker waits
/// for right now: room to write to them, or more of the body that a handler reads. The request
/// threads cannot be trusted with these: each of them may be blocked in a handler until such a
/// client moves. However many are slow, this is one thread; it starts with the first of them.
///
/// While anything waits here the heart beats, where a handler may wait for its client: it is the
/// client that is slow then, not the application. Each wait has a deadline.
final class Aside implements Runnable {
    private static final int EVENTS = 64;
    private static final int WAIT_MILLIS = 500;

    /// What one socket waits for, and until when.
    private record Wait(int interest, long deadline) {
        /// What is left of it when something came; nothing if that was all.
        @Nullable Wait without(int came) {
            int left = interest & ~came;
            return left == 0 ? null : new Wait(left, deadline);
        }
    }

    private final Poll poll;

    /// Each entry changes under the monitor of its socket.
    private final Map<PolledSocket, Wait> waits = new ConcurrentHashMap<>();

    private final Epoll epoll = new Epoll();
    private final int bell = EventFd.create();
    private @Nullable Thread thread; // guarded by this
    private volatile boolean closed;

    Aside(Poll poll) {
        this.poll = poll;
        int result = epoll.add(bell, Epoll.IN, Poll.BELL);
        if (result != 0) {
            throw new PosixException("epoll_ctl(ADD eventfd)", -result);
        }
    }

    /// False if the socket is closed, or the kernel has no memory for it.
    boolean arm(PolledSocket socket, int interest, long deadline) {
        start();
        synchronized (socket) {
            if (!socket.open) {
                return false;
            }
            var before = waits.get(socket);
            int all = before == null ? interest : before.interest() | interest;
            waits.put(socket, new Wait(all, deadline));
            return watch(socket, all) == 0;
        }
    }

    private int watch(PolledSocket socket, int interest) {
        int events = events(interest);
        long data = Poll.data(socket.fd, socket.serial);
        var scratch = poll.buffers().take(); // for its errno
        int result = epoll.modify(scratch.errno(), socket.fd, events, data);
        if (result == -Errno.ENOENT) {
            result = epoll.add(scratch.errno(), socket.fd, events, data);
        }
        poll.buffers().give(scratch);
        return result;
    }

    /// One event of these, then none.
    private static int events(int interest) {
        int read = (interest & PolledSocket.READ) != 0 ? Epoll.IN | Epoll.RDHUP : 0;
        int write = (interest & PolledSocket.WRITE) != 0 ? Epoll.OUT : 0;
        return Epoll.ONESHOT | read | write;
    }

    private static int interest(int events) {
        boolean broken = (events & (Epoll.HUP | Epoll.ERR)) != 0;
        int read = (events & (Epoll.IN | Epoll.RDHUP)) != 0 ? PolledSocket.READ : 0;
        int write = (events & Epoll.OUT) != 0 ? PolledSocket.WRITE : 0;
        return broken ? PolledSocket.READ | PolledSocket.WRITE : read | write;
    }

    private synchronized void start() {
        if (thread == null && !closed) {
            thread = Thread.ofPlatform().name("slow-clients").daemon().start(this);
        }
    }

    @Override
    public void run() {
        var events = new Epoll.Events(EVENTS);
        while (!closed) {
            int count = epoll.await(events, EVENTS, WAIT_MILLIS);
            if (poll.concurrency().handlerMayWait() && !waits.isEmpty()) {
                poll.beat();
            }
            for (int i = 0; i < count && !closed; i++) {
                fired(events.data(i), events.events(i));
            }
        }
    }

    private void fired(long data, int events) {
        var socket = data == Poll.BELL ? null : poll.socket(data);
        if (socket != null && socket.serial == (int) (data >>> 32)) {
            tell(socket, take(socket, interest(events)), false);
        }
    }

    /// The owner's word is final: what goes wrong with one connection ends that connection.
    private static void tell(PolledSocket socket, int ready, boolean late) {
        if (ready == 0) {
            return;
        }
        try {
            owner(socket).aside(ready, late);
        } catch (Throwable e) {
            socket.giveUp(e);
            Fault.log("a connection was given up", e);
        }
    }

    private static SocketOwner owner(PolledSocket socket) {
        synchronized (socket) {
            return socket.owner;
        }
    }

    private int take(PolledSocket socket, int came) {
        synchronized (socket) {
            var wait = waits.get(socket);
            int ready = wait == null ? 0 : wait.interest() & came;
            if (wait != null && ready != 0) {
                var rest = wait.without(came);
                if (rest == null) {
                    waits.remove(socket);
                } else {
                    waits.put(socket, rest);
                    watch(socket, rest.interest()); // ONESHOT disarmed all
                }
            }
            return ready;
        }
    }

    /// Tells those that are late, see [Poll#sweep].
    void sweep(long now) {
        if (!waits.isEmpty()) {
            waits.forEach(
                    (socket, wait) -> {
                        if (wait.deadline() != PolledSocket.NEVER && now - wait.deadline() >= 0) {
                            tell(socket, take(socket, wait.interest()), true);
                        }
                    });
        }
    }

    /// The socket is being closed.
    void forget(PolledSocket socket) {
        if (!waits.isEmpty()) {
            waits.remove(socket);
        }
    }

    /// The sockets are closed.
    void close() {
        Thread waiting;
        synchronized (this) {
            closed = true;
            waiting = thread;
        }
        EventFd.signal(bell);
        try {
            if (waiting != null && waiting != Thread.currentThread()) {
                waiting.join();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // we are leaving anyway
        }
        Sockets.close(bell);
        epoll.close();
    }
}
