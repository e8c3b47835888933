package junicorn.master;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import junicorn.control.ControlChannel;
import junicorn.control.Message;
import junicorn.control.WorkerSettings;
import junicorn.os.PosixException;
import junicorn.os.Processes;
import junicorn.os.Signal;
import junicorn.os.Sockets;
import junicorn.os.Spawn;
import junicorn.scoreboard.Scoreboard;

/// The worker processes: spawns, signals and reaps them; decides nothing. All methods are the
/// loop's; a thread for each worker reads its channel.
final class Workers implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(Workers.class.getName());

    /// 3 is the control channel, 4 the scoreboard.
    private static final int FIRST_LISTENER_FD = 5;

    /// A dead worker's channel ends at once, unless a process it started has kept it open.
    private static final Duration LAST_WORDS = Duration.ofMillis(200);

    private static final long READER_STACK_BYTES = 128 * 1024;

    private final WorkerCommand command;
    private final WorkerSettings template;
    private final List<Listener> listeners;
    private final Scoreboard scoreboard;
    private final Inbox inbox;
    private final Map<Integer, Running> running = new TreeMap<>();

    private record Running(long pid, Thread reader) {}

    Workers(
            WorkerCommand command,
            WorkerSettings template,
            List<Listener> listeners,
            Scoreboard scoreboard,
            Inbox inbox) {
        this.command = command;
        this.template = template;
        this.listeners = listeners;
        this.scoreboard = scoreboard;
        this.inbox = inbox;
    }

    /// Starts a worker and tells it its settings. What goes wrong comes back as an event.
    Event spawn(int slot, long generation) {
        if (running.containsKey(slot)) {
            throw new IllegalStateException("slot " + slot + " is taken");
        }
        try {
            var settings = settings(slot, generation);
            var pair = Sockets.pair();
            var pid = spawn(slot, generation, pair);
            scoreboard.slot(slot).occupy(pid, generation, System.currentTimeMillis());
            var channel = new ControlChannel(pair[0]);
            var reader =
                    new Thread(
                            null,
                            () -> read(slot, pid, channel, pair[0]),
                            "worker " + slot,
                            READER_STACK_BYTES);
            reader.setDaemon(true);
            running.put(slot, new Running(pid, reader));
            // false: it is dead already, and will be reaped
            channel.send(new Message.Configure(settings));
            reader.start();
            return new Event.WorkerStarted(slot, pid);
        } catch (PosixException failed) {
            return new Event.SpawnFailed(slot, String.valueOf(failed.getMessage()));
        } catch (IOException gone) {
            return new Event.SpawnFailed(slot, "a directory of the class path is gone: " + gone);
        }
    }

    private long spawn(int slot, long generation, int[] pair) {
        try {
            return Spawn.of(command.java(), command.arguments(slot, generation))
                    .title("junicorn: worker " + slot)
                    .open(descriptors(pair[1]))
                    .start();
        } catch (PosixException failed) {
            Sockets.close(pair[0]);
            throw failed;
        } finally {
            Sockets.close(pair[1]); // else its end would never be seen
        }
    }

    private int[] descriptors(int channel) {
        return IntStream.concat(
                        IntStream.of(channel, scoreboard.fd()),
                        listeners.stream().mapToInt(Listener::fd))
                .toArray();
    }

    private WorkerSettings settings(int slot, long generation) throws IOException {
        var inherited = new ArrayList<WorkerSettings.Listener>();
        for (var listener : listeners) {
            var fd = FIRST_LISTENER_FD + inherited.size();
            inherited.add(new WorkerSettings.Listener(fd, listener.tcp(), listener.name()));
        }
        var classPath = JarFolder.expanded(template.hosted().classPath());
        return template.with(slot, generation, inherited, classPath);
    }

    /// The reader's whole life: it owns the fd, and closes it when the worker is gone.
    private void read(int slot, long pid, ControlChannel channel, int fd) {
        try {
            for (var message = channel.receive();
                    message.isPresent();
                    message = channel.receive()) {
                var event = event(slot, pid, message.get());
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
            Sockets.close(fd);
        }
    }

    private static Optional<Event> event(int slot, long pid, Message message) {
        return switch (message) {
            case Message.Ready(long startMillis) ->
                    Optional.of(new Event.WorkerReady(slot, pid, startMillis));
            case Message.BootFailed(String reason, String stack) ->
                    Optional.of(new Event.BootFailed(slot, pid, reason, stack));
            // ours, not a worker's
            case Message.Configure _, Message.Lead _ -> Optional.empty();
        };
    }

    /// Nothing happens if the worker has been reaped.
    void send(int slot, Signal signal) {
        var worker = running.get(slot);
        if (worker != null) {
            Processes.kill(worker.pid(), signal);
        }
    }

    /// Who has died. Asked by pid, one after the other: a process that is not ours to wait for is
    /// left alone. What a dead one had said is in the inbox when this returns.
    List<Event> reap() {
        var exits = new ArrayList<Event>();
        for (var entry : List.copyOf(running.entrySet())) {
            var slot = entry.getKey();
            var pid = entry.getValue().pid();
            var exit = Processes.reap(pid);
            if (exit.isPresent()) {
                running.remove(slot);
                var row = scoreboard.slot(slot);
                exits.add(new Event.WorkerExited(slot, pid, exit.get(), row.view().state()));
                row.vacate();
                awaitLastWords(entry.getValue().reader());
            }
        }
        return exits;
    }

    private static void awaitLastWords(Thread reader) {
        try {
            reader.join(LAST_WORDS);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    /// What the scoreboard shows of each worker.
    Map<Integer, Pulse> pulses() {
        var epochMillis = System.currentTimeMillis();
        var pulses = new HashMap<Integer, Pulse>();
        for (var slot : running.keySet()) {
            var view = scoreboard.slot(slot).view();
            var age = Math.max(0, epochMillis - view.requestStartedAtMillis());
            pulses.put(slot, new Pulse(view.beats(), view.busy(), Duration.ofMillis(age)));
        }
        return pulses;
    }

    /// Whatever the reason: no worker outlives this. Those that are left are killed.
    @Override
    public void close() {
        running.forEach((slot, _) -> send(slot, Signal.KILL));
        while (!running.isEmpty()) {
            if (reap().isEmpty()) { // the kernel needs a moment to take a JVM apart
                LockSupport.parkNanos(1_000_000);
            }
        }
    }
}
