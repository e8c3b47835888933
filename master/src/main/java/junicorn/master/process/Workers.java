package junicorn.master.process;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import junicorn.control.Message;
import junicorn.control.WorkerSettings;
import junicorn.master.listen.Inheritance;
import junicorn.master.listen.Listener;
import junicorn.master.listen.Listeners;
import junicorn.master.loop.Event;
import junicorn.master.loop.Inbox;
import junicorn.master.settings.BindFailed;
import junicorn.master.settings.Generation;
import junicorn.master.settings.Invocation;
import junicorn.master.settings.JarFolder;
import junicorn.master.table.Cores;
import junicorn.master.table.Halt;
import junicorn.master.table.Pulse;
import junicorn.os.Exit;
import junicorn.os.PosixException;
import junicorn.os.Processes;
import junicorn.os.Signal;
import junicorn.os.Sockets;
import junicorn.os.Spawn;
import junicorn.scoreboard.Scoreboard;
import junicorn.scoreboard.Slot;
import junicorn.scoreboard.WorkerState;
import junicorn.systemd.Activation;
import junicorn.systemd.ServiceManager;

/// The worker processes: spawns, signals and reaps them; decides nothing. All methods are the
/// loop's; a thread for each worker reads its channel.
public final class Workers implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(Workers.class.getName());

    /// 3 is the control channel, 4 the scoreboard.
    private static final int FIRST_LISTENER_FD = 5;

    /// A dead worker's channel ends at once, unless a process it started has kept it open.
    private static final Duration LAST_WORDS = Duration.ofMillis(200);

    private static final Path PROC = Path.of("/proc");
    private final CoreTimes cores = new CoreTimes(Path.of("/"));

    /// Meant for the master, and misleading for anybody else.
    public static final Set<String> MASTERS_OWN =
            Stream.of(
                            Set.of(Inheritance.VARIABLE, Invocation.BACKGROUND, "_JAVA_SR_SIGNUM"),
                            Activation.VARIABLES,
                            ServiceManager.VARIABLES)
                    .flatMap(Set::stream)
                    .collect(Collectors.toUnmodifiableSet());

    private final LongFunction<Generation> generations;
    private final Listeners listeners;
    private final Scoreboard scoreboard;
    private final Inbox inbox;
    private final PostMortems postMortems = new PostMortems();
    private final Map<Integer, Running> running = new TreeMap<>();

    private record Running(long pid, WorkerChannel channel) {}

    public Workers(
            LongFunction<Generation> generations,
            Listeners listeners,
            Scoreboard scoreboard,
            Inbox inbox) {
        this.generations = generations;
        this.listeners = listeners;
        this.scoreboard = scoreboard;
        this.inbox = inbox;
    }

    /// Starts a worker and tells it its settings. What goes wrong comes back as an event.
    public Event spawn(int slot, long number, boolean parked) {
        try {
            if (running.containsKey(slot)) {
                throw new IllegalStateException("slot " + slot + " is taken");
            }
            var generation = generations.apply(number);
            var sockets = listeners.of(slot, generation.binds(), parked);
            var settings = settings(slot, generation, parked, sockets);
            var pair = Sockets.pair();
            var pid = spawn(slot, generation, pair, sockets);
            scoreboard.slot(slot).occupy(pid, number, System.currentTimeMillis());
            postMortems.born(pid, generation.command());
            var channel = new WorkerChannel(slot, pid, pair[0], inbox);
            running.put(slot, new Running(pid, channel));
            channel.open(new Message.Configure(settings));
            return new Event.WorkerStarted(slot, pid);
        } catch (PosixException | BindFailed failed) {
            return new Event.SpawnFailed(slot, String.valueOf(failed.getMessage()));
        } catch (IllegalStateException bug) {
            LOG.log(Level.ERROR, "worker %d cannot be spawned".formatted(slot), bug);
            return new Event.SpawnFailed(slot, String.valueOf(bug.getMessage()));
        } catch (IOException gone) {
            return new Event.SpawnFailed(slot, "a directory of the class path is gone: " + gone);
        }
    }

    private long spawn(int slot, Generation generation, int[] pair, List<Listener> sockets) {
        try {
            var command = generation.command();
            var spawn =
                    Spawn.of(command.java(), command.arguments(slot, generation.number()))
                            .title("junicorn: worker " + slot)
                            .environment(environment(slot, generation))
                            .open(descriptors(pair[1], sockets));
            return command.surroundings().around(spawn).start();
        } catch (PosixException failed) {
            Sockets.close(pair[0]);
            throw failed;
        } finally {
            Sockets.close(pair[1]); // else its end would never be seen
        }
    }

    private int[] descriptors(int channel, List<Listener> sockets) {
        return IntStream.concat(
                        IntStream.of(channel, scoreboard.fd()),
                        sockets.stream().mapToInt(Listener::fd))
                .toArray();
    }

    private WorkerSettings settings(
            int slot, Generation generation, boolean parked, List<Listener> sockets)
            throws IOException {
        var template = generation.template();
        var inherited = new ArrayList<WorkerSettings.Listener>();
        for (var listener : sockets) {
            var fd = FIRST_LISTENER_FD + inherited.size();
            inherited.add(
                    new WorkerSettings.Listener(
                            fd, listener.tcp(), listener.name(), listener.backlogToListen()));
        }
        var classPath = JarFolder.expanded(template.hosted().classPath());
        return template.with(slot, generation.number(), parked, inherited, classPath);
    }

    /// What every worker's code may read, whatever it is written in.
    private Map<String, String> environment(int slot, Generation generation) {
        var environment = new HashMap<>(System.getenv());
        environment.keySet().removeAll(MASTERS_OWN);
        environment.putAll(generation.command().surroundings().environment());
        environment.put("JUNICORN_WORKER", Integer.toString(slot));
        environment.put(
                "JUNICORN_WORKERS", Integer.toString(generation.template().place().workers()));
        environment.put("JUNICORN_GENERATION", Long.toString(generation.number()));
        return environment;
    }

    public Set<Long> pids() {
        return running.values().stream().map(Running::pid).collect(Collectors.toSet());
    }

    /// Nothing happens if the worker has been reaped.
    public void tell(int slot, Message message) {
        var worker = running.get(slot);
        if (worker != null) {
            worker.channel().send(message);
        }
    }

    /// To all that there are, whatever they do.
    public void tellAll(Message message) {
        running.values().forEach(worker -> worker.channel().send(message));
    }

    /// Nothing happens if the worker has been reaped.
    public void send(int slot, Signal signal) {
        var worker = running.get(slot);
        if (worker != null) {
            if (signal == Signal.KILL) {
                postMortems.killed(worker.pid());
            }
            Processes.kill(worker.pid(), signal);
        }
    }

    /// Who has died. Asked by pid, one after the other: a process that is not ours to wait for is
    /// left alone. What a dead one had said is in the inbox when this returns.
    public List<Event> reap() {
        var exits = new ArrayList<Event>();
        for (var entry : List.copyOf(running.entrySet())) {
            var slot = entry.getKey();
            var pid = entry.getValue().pid();
            var exit = ended(pid);
            if (exit.isPresent()) {
                running.remove(slot);
                var row = scoreboard.slot(slot);
                var found = postMortems.examine(pid, exit.get(), row);
                exits.add(new Event.WorkerExited(slot, pid, exit.get(), found));
                row.vacate();
                entry.getValue().channel().awaitEnd(LAST_WORDS);
            }
        }
        return exits;
    }

    /// How it ended, if it has. What it had started and has left behind ends with it, but for a
    /// worker that took its leave: that could stop what it did not want. Before the worker is
    /// reaped, for until then the number of its group cannot be a stranger's.
    private static Optional<Exit> ended(long pid) {
        var exit = Processes.ended(pid);
        if (exit.isPresent() && !exit.get().equals(new Exit.Code(0))) {
            try {
                Processes.killGroup(pid, Signal.KILL);
            } catch (PosixException refused) {
                LOG.log(
                        Level.WARNING,
                        "cannot kill the processes that the worker had started pid=" + pid,
                        refused);
            }
        }
        return exit.isPresent() ? Processes.reap(pid) : exit;
    }

    /// What the scoreboard shows of each worker.
    public Map<Integer, Pulse> pulses() {
        postMortems.look();
        var epochMillis = System.currentTimeMillis();
        var pulses = new HashMap<Integer, Pulse>();
        for (var entry : running.entrySet()) {
            var slot = entry.getKey();
            var worker = entry.getValue();
            var view = scoreboard.slot(slot).view();
            var age = Math.max(0, epochMillis - view.requestStartedAtMillis());
            pulses.put(slot, pulse(worker, view, Duration.ofMillis(age)));
        }
        cores.keep(pids());
        return pulses;
    }

    private Pulse pulse(Running worker, Slot.View view, Duration requestAge) {
        var pid = worker.pid();
        var halt = Halt.of(PROC, pid);
        var starts = view.state() == WorkerState.STARTING;
        return new Pulse(
                view.beats(),
                view.busy(),
                requestAge,
                halt,
                worker.channel().isDeaf(),
                starts ? cores.of(pid, Duration.ofNanos(System.nanoTime())) : Cores.UNKNOWN);
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
