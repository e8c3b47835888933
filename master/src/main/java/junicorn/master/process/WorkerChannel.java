package junicorn.master.process;

import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import junicorn.control.ControlChannel;
import junicorn.control.ControlChannel.Offer;
import junicorn.control.Message;
import junicorn.master.loop.Event;
import junicorn.master.loop.Inbox;
import junicorn.os.Sockets;

/// The master's end of one worker's control channel. A thread of its own turns messages into
/// events, and closes the descriptor when the worker is gone.
///
/// The application lives in the worker, so neither what comes nor what does not go may harm the
/// master: it never waits for a worker to read, and hears what each has to say once.
final class WorkerChannel {
    private static final System.Logger LOG = System.getLogger(WorkerChannel.class.getName());
    private static final long STACK_BYTES = 128 * 1024;

    /// A worker has less to say than this in its whole life.
    private static final int MESSAGES_QUICK = 50;

    /// After those, one at a time: a worker that says more waits, and nobody else does.
    private static final Duration BREATH = Duration.ofMillis(50);

    private final int slot;
    private final long pid;
    private final int fd;
    private final ControlChannel channel;
    private final Inbox inbox;
    private final Thread reader;
    private final Set<Class<?>> heard = new HashSet<>(); // of the reader's thread
    private final Map<Class<?>, Message> waiting = new LinkedHashMap<>(); // guarded by this
    private boolean closed; // guarded by this
    private int explanations; // asked for and not yet given; guarded by this

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
        start();
    }

    /// From now on the worker is heard.
    void start() {
        reader.start();
    }

    /// Returns at once. What the worker leaves no room for is kept until it reads on, the last of
    /// each kind. Nothing happens if the worker is gone: it will be reaped. Never to a closed
    /// descriptor: its number may be another's by now.
    synchronized void send(Message message) {
        if (message instanceof Message.Explain) {
            explanations++;
        }
        if (isDeaf() || (!closed && channel.offer(message) == Offer.FULL)) {
            waiting.put(message.getClass(), message);
        }
    }

    /// Whether something waits for the worker to read; tries again first.
    synchronized boolean isDeaf() {
        var messages = waiting.values().iterator();
        while (!closed && messages.hasNext()) {
            if (channel.offer(messages.next()) == Offer.FULL) {
                return true;
            }
            messages.remove();
        }
        return false;
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
            int count = 0;
            for (var message = channel.receive();
                    message.isPresent();
                    message = channel.receive()) {
                if (isNew(message.get())) {
                    var event = event(message.get());
                    if (event.isPresent()) {
                        inbox.hear(event.get());
                    }
                }
                count++;
                pace(count);
            }
        } catch (RuntimeException broken) {
            var text = "worker %d sent an unknown message pid=%d".formatted(slot, pid);
            LOG.log(Level.ERROR, text, broken);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } finally {
            close();
        }
    }

    /// Each thing is said once in a worker's life, but for what it is asked.
    private boolean isNew(Message message) {
        return message instanceof Message.Explained ? isAskedFor() : heard.add(message.getClass());
    }

    private synchronized boolean isAskedFor() {
        var asked = explanations > 0;
        if (asked) {
            explanations--;
        }
        return asked;
    }

    private void pace(int count) throws InterruptedException {
        if (count == MESSAGES_QUICK) {
            LOG.log(
                    Level.WARNING,
                    "worker %d sends too many messages, they are throttled pid=%d"
                            .formatted(slot, pid));
        }
        if (count >= MESSAGES_QUICK) {
            Thread.sleep(BREATH);
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
                    Message.Loosen _,
                    Message.Explain _ ->
                    Optional.empty(); // ours, not a worker's
        };
    }
}
