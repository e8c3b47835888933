package junicorn.worker.poll;

import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;
import junicorn.os.Epoll;
import junicorn.os.Errno;
import junicorn.os.PosixException;
import junicorn.os.Sockets;

/// One accepted connection as the kernel sees it, from accept(2) to close(2); never reused.
///
/// **Who owns it.** A socket is either armed, so that the first of an event, the sweeper and a
/// drain takes it, or owned by who took it. The epoll set tells of each change once (EPOLLET); what
/// comes while the socket is not armed is kept until it is. Events carry the serial number, so a
/// stale one is recognised. **Why a monitor.** A closed fd number is at once given to the next
/// connection: a send that comes after the close would reach a stranger. An async servlet reads,
/// writes and fails from three threads; so each call on the fd is made under this object's monitor
/// and asks first whether it is still open. All of these calls are non-blocking. See
/// docs/adr/0004-one-monitor-per-socket.md.
public final class PolledSocket {
    /// Interest in bytes to read, in the end of input too.
    public static final int READ = 1;

    /// Interest in room to write.
    public static final int WRITE = 2;

    /// No deadline.
    public static final long NEVER = Long.MAX_VALUE;

    private final Poll poll;
    final int fd;
    final int serial;
    SocketOwner owner = Nobody.YET;
    private final Edges edges = new Edges();
    private int registered;
    boolean open = true;
    private boolean ending;
    private long deadline = NEVER;

    PolledSocket(Poll poll, int fd, int serial) {
        this.poll = poll;
        this.fd = fd;
        this.serial = serial;
    }

    /// The poll that it is in.
    public Poll poll() {
        return poll;
    }

    /// Names who answers; once, before it is armed.
    public synchronized void ownedBy(SocketOwner newOwner) {
        owner = newOwner;
    }

    public synchronized boolean isOpen() {
        return open;
    }

    /// Receives into an empty buffer, see recv(2). The number of bytes, 0 if there are none now, -1
    /// at the end of input or when the connection is broken or closed.
    public int receive(IoBuffer into) {
        return receive(into, IoBuffer.CAPACITY);
    }

    /// Receives into any buffer, between its position and its limit, and moves the position; for
    /// connections that bring buffers of their own. As [#receive(IoBuffer)] otherwise.
    public int receive(ByteBuffer into) {
        var scratch = poll.buffers().take();
        try {
            int received = receive(scratch, Math.min(into.remaining(), IoBuffer.CAPACITY));
            if (received > 0) {
                into.put(scratch.bytes());
            }
            return received;
        } finally {
            poll.buffers().give(scratch);
        }
    }

    private synchronized int receive(IoBuffer into, int atMost) {
        if (!open) {
            return -1;
        }
        edges.reads();
        int received = Sockets.recv(into.errno(), fd, into.segment(), atMost);
        if (received > 0) {
            if (received == atMost) {
                edges.leavesSome();
            }
            into.bytes().position(0).limit(received);
            return received;
        }
        return received == -Errno.EAGAIN || received == -Errno.EINTR ? 0 : -1;
    }

    /// Sends the first bytes of a buffer, see send(2). How many it took, 0 if there is no room now,
    /// -1 when the connection is broken or closed.
    public synchronized int send(IoBuffer from, int length) {
        if (!open) {
            return -1;
        }
        edges.writes();
        int sent =
                ending
                        ? Sockets.sendLast(from.errno(), fd, from.segment(), length)
                        : Sockets.send(from.errno(), fd, from.segment(), length);
        if (sent >= 0) {
            return sent;
        }
        return sent == -Errno.EAGAIN || sent == -Errno.EINTR ? 0 : -1;
    }

    /// Waits for READ or WRITE here and now, see poll(2); the caller owns the socket and may block.
    /// False when nothing came in that time. While it waits the socket is not armed, so nobody else
    /// takes it.
    public boolean await(int interest, Duration atMost) {
        int pollFd;
        synchronized (this) {
            if (!open) {
                return true; // the call that follows says so
            }
            pollFd = fd;
        }
        return Sockets.await(pollFd, interest == READ ? Epoll.IN : Epoll.OUT, atMost);
    }

    /// Waits in the epoll set; what is armed already stays so. The caller owns the socket no longer
    /// when this returns true. False if it is closed, or the kernel has no memory for it.
    public synchronized boolean arm(int interest) {
        if (!open) {
            return false;
        }
        int wanted = READ | interest;
        if ((registered & wanted) != wanted) {
            boolean toWrite = ((registered | wanted) & WRITE) != 0;
            if (poll.register(fd, serial, registered != 0, toWrite) != 0) {
                return false;
            }
            registered |= wanted;
        }
        if (edges.arm(interest)) {
            poll.again(fd, serial);
        }
        return true;
    }

    /// As [#arm], but watched by a thread that runs no requests: those that do may all be waiting
    /// for this very client. Has a deadline of its own, and a drain leaves it alone.
    public boolean armAside(int interest, long nanoTime) {
        return poll.aside().arm(this, interest, nanoTime);
    }

    /// By when what is armed must have come, in [System#nanoTime()]; [#NEVER] for no limit.
    public synchronized void deadline(long nanoTime) {
        deadline = nanoTime;
    }

    /// What is sent from now on is the last, and leaves in one segment with the end that follows at
    /// once; see docs/adr/0009-answer-and-end-in-one-segment.md.
    public synchronized void ending() {
        ending = true;
    }

    /// What the kernel has told of the peer so far; the first to ask has it tell. For connections
    /// that nobody waits for, and nobody reads from.
    public synchronized Peer peer() {
        if (open && registered == 0 && poll.register(fd, serial, false, false) == 0) {
            registered = READ;
        }
        return open ? edges.peer() : Peer.GONE;
    }

    /// Half-closes: the peer sees the end after what was sent, see shutdown(2).
    public synchronized void shutdownOutput() {
        if (open) {
            ending = false;
            Sockets.shutdownWrite(fd);
        }
    }

    /// Sends small segments at once, see TCP_NODELAY in tcp(7); for connections that live longer
    /// than one answer.
    public synchronized void noDelay() {
        if (open) {
            Sockets.noDelay(fd);
        }
    }

    /// The peer, if it is still there and has an address.
    public synchronized Optional<SocketAddress> peerAddress() {
        return open ? Sockets.peerAddress(fd) : Optional.empty();
    }

    public synchronized Optional<SocketAddress> localAddress() {
        return open ? Sockets.localAddress(fd) : Optional.empty();
    }

    /// Closes, once. False if it was closed.
    public synchronized boolean close() {
        if (!open) {
            return false;
        }
        open = false;
        edges.disarm();
        poll.forget(this, fd); // first: as soon as it is closed another may have the number
        var scratch = poll.buffers().take();
        if (ending) { // or close(2) would throw away what waits, if there is input that nobody read
            Sockets.shutdownWrite(scratch.errno(), fd);
        }
        int result = Sockets.close(scratch.errno(), fd);
        poll.buffers().give(scratch);
        if (result != 0) {
            throw new PosixException("close(" + fd + ")", -result);
        }
        return true;
    }

    /// An event came: takes what it brings. Nothing if the event is stale.
    void fired(int eventSerial, int events) {
        int ready = take(eventSerial, events);
        if (ready != 0) {
            try {
                owner.ready(ready);
            } catch (Throwable e) {
                giveUp(e);
                Fault.log("a connection was given up", e);
            }
        }
    }

    /// What its owner throws ends this connection, and nothing else.
    private void asked(Runnable question) {
        try {
            question.run();
        } catch (Throwable e) {
            giveUp(e);
            Fault.log("a connection was given up", e);
        }
    }

    /// Its owner failed: nobody would look after it any more.
    void giveUp(Throwable cause) {
        try {
            owner.givenUp(this, cause);
        } finally {
            close();
        }
    }

    private synchronized int take(int eventSerial, int events) {
        return open && eventSerial == serial ? edges.take(events) : 0;
    }

    /// The sweeper asks: takes the socket if it is armed and late.
    void sweep(long now) {
        if (takeIf(now)) {
            asked(owner::expired);
        }
    }

    private synchronized boolean takeIf(long now) {
        if (!open || !edges.isArmed() || deadline == NEVER || now - deadline < 0) {
            return false;
        }
        if (edges.isArmed(READ) && Sockets.await(fd, Epoll.IN, Duration.ZERO)) {
            return false; // it came in time; only no thread has had the time to take it
        }
        return edges.disarm();
    }

    /// The worker drains: takes the socket if it is armed.
    public void drain() {
        boolean taken;
        synchronized (this) {
            taken = edges.disarm() && open;
        }
        if (taken) {
            asked(owner::draining);
        }
    }

    @Override
    public String toString() {
        return "socket fd=" + fd + " serial=" + serial;
    }
}
