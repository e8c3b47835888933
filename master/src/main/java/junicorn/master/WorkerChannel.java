package junicorn.master;

import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Optional;
import junicorn.control.ControlChannel;
import junicorn.control.Message;
import junicorn.os.Sockets;

/// The master's end of one worker's control channel. A thread of its own turns messages into
/// events, and closes the descriptor when the worker is gone.
final class WorkerChannel {
    private static final System.Logger LOG = System.getLogger(WorkerChannel.class.getName());
    private static final long STACK_BYTES = 128 * 1024;

    private final int slot;
    private final long pid;
    private final int fd;
    private final ControlChannel channel;
    private final Inbox inbox;
    private final Thread reader;
    private boolean closed; // guarded by this

    WorkerChannel(int slot, long pid, int fd, Inbox inbox) {
        this.slot = slot;
        this.pid = pid;
        this.fd = fd;
        this.inbox = inbox;
        channel = new ControlChannel(fd);
        reader = new Thread(null, this::read, "worker " + slot, STACK_BYTES);
        reader.setDaemon(true);
    }

    /// The first word, after which the worker may speak.
    void open(Message.Configure first) {
        send(first);
        reader.start();
    }

    /// Nothing happens if the worker is gone: it will be reaped. Never to a closed descriptor: its
    /// number may be another's by now.
    synchronized void send(Message message) {
        if (!closed) {
            channel.send(message);
        }
    }

    /// What a dead worker had said is in the inbox after this, unless a process that it started
    /// keeps its end open.
    void awaitEnd(Duration atMost) {
        try {
            reader.join(atMost);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private void read() {
        try {
            for (var message = channel.receive();
                    message.isPresent();
                    message = channel.receive()) {
                var event = event(message.get());
                if (event.isPresent()) {
                    inbox.add(event.get());
                }
            }
        } catch (RuntimeException broken) {
            var text = "worker %d sent what we do not understand pid=%d".formatted(slot, pid);
            LOG.log(Level.ERROR, text, broken);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } finally {
            close();
        }
    }

    private synchronized void close() {
        closed = true;
        Sockets.close(fd);
    }

    private Optional<Event> event(Message message) {
        return switch (message) {
            case Message.Ready(long startMillis) ->
                    Optional.of(new Event.WorkerReady(slot, pid, startMillis));
            case Message.BootFailed(String reason, String stack) ->
                    Optional.of(new Event.BootFailed(slot, pid, reason, stack));
            case Message.Unfit(String reason) ->
                    Optional.of(new Event.WorkerUnfit(slot, pid, reason));
            case Message.Recycle(String reason) ->
                    Optional.of(new Event.WorkerTired(slot, pid, reason));
            case Message.Yielded _ -> Optional.of(new Event.WorkerYielded(slot, pid));
            case Message.Explained(String dump) ->
                    Optional.of(new Event.WorkerExplained(slot, pid, dump));
            case Message.Configure _,
                    Message.Lead _,
                    Message.Serve _,
                    Message.Reopen _,
                    Message.Explain _ ->
                    Optional.empty(); // ours, not a worker's
        };
    }
}
