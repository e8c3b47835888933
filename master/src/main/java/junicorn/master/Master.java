package junicorn.master;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import junicorn.hooks.Hooks;
import junicorn.hooks.Moment;
import junicorn.master.control.Question;
import junicorn.os.Orphans;
import junicorn.os.Signal;
import junicorn.os.Signals;
import junicorn.scoreboard.Scoreboard;
import junicorn.systemd.ServiceManager;

/// The master process: one thread, one inbox, one loop. It holds no lock and serves no request.
public final class Master {
    private static final System.Logger LOG = System.getLogger(Master.class.getName());

    /// A loop that fails this often without one good turn between is broken for good.
    private static final int FAILURES_MAX = 100;

    /// A turn takes at least this long if nothing happens, whatever the supervisor thinks.
    private static final Duration REST_MIN = Duration.ofMillis(1);

    private static final List<Signal> SIGNALS =
            List.of(
                    Signal.TERM,
                    Signal.INT,
                    Signal.TTIN,
                    Signal.TTOU,
                    Signal.CHLD,
                    Signal.HUP, // the JVM would end
                    Signal.USR1, // the kernel would end us
                    Signal.USR2,
                    Signal.WINCH);

    private final Uptime uptime = new Uptime(System::nanoTime);
    private final Guard guard = new Guard(System::nanoTime);
    private final Inbox inbox;
    private final Supervisor supervisor;
    private final Listeners listeners;
    private final Generations generations;
    private final Workers workers;
    private final OtherMaster other;
    private final ServiceManager manager;
    private final Moments moments;
    private final Desk desk;
    private final Performer performer;
    private Duration timerAt = Duration.ZERO;

    private Master(
            Inbox inbox,
            Supervisor supervisor,
            Listeners listeners,
            Generations generations,
            Workers workers,
            OtherMaster other,
            ServiceManager manager,
            Moments moments,
            Desk desk) {
        this.inbox = inbox;
        this.supervisor = supervisor;
        this.listeners = listeners;
        this.generations = generations;
        this.workers = workers;
        this.other = other;
        this.manager = manager;
        this.moments = moments;
        this.desk = desk;
        this.performer =
                new Performer(
                        guard,
                        List.of(moments::decided, desk::hear),
                        new Hands(inbox, listeners, generations, workers, other, this::generation),
                        inbox::first);
    }

    /// Serves until a signal ends it. No worker is left when this returns, however it returns.
    ///
    /// @return the exit code: 0, or 1 if it could not listen or no worker could start
    public static int run(MasterSettings settings) {
        return run(settings, _ -> settings, Invocation.UNKNOWN);
    }

    /// The same, where a reload reads the settings again and an upgrade starts the command again.
    public static int run(
            MasterSettings settings, MasterSettings.Reader reader, Invocation invocation) {
        LOG.log(Level.INFO, "junicorn " + settings.version() + " starting");
        try (var hooks = Hooks.of(settings.hooks(), Workers.MASTERS_OWN)) {
            hooks.await(new Moment.OnStarting());
            var code = listen(settings, reader, invocation, hooks);
            hooks.await(new Moment.OnExit());
            return code;
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            LOG.log(Level.ERROR, "interrupted");
            return 1;
        }
    }

    private static int listen(
            MasterSettings settings,
            MasterSettings.Reader reader,
            Invocation invocation,
            Hooks hooks)
            throws InterruptedException {
        Optional<Inheritance> inheritance;
        try {
            inheritance = Inheritance.of(invocation.environment());
        } catch (IllegalArgumentException notOurs) {
            LOG.log(Level.ERROR, notOurs.getMessage());
            return 1;
        }
        try (var pidFile = PidFile.claim(settings.files().pid(), inheritance.isPresent())) {
            return listen(settings, reader, invocation, inheritance, pidFile, hooks);
        } catch (PidFile.Taken taken) {
            LOG.log(Level.ERROR, taken.getMessage());
            return 1;
        }
    }

    private static int listen(
            MasterSettings settings,
            MasterSettings.Reader reader,
            Invocation invocation,
            Optional<Inheritance> inheritance,
            PidFile pidFile,
            Hooks hooks)
            throws InterruptedException {
        var opened =
                Listeners.open(
                        settings.binds(),
                        settings.listen(),
                        inheritance.map(Inheritance::sockets).orElse(Map.of()),
                        () -> Thread.sleep(Listeners.PAUSE));
        if (opened.isEmpty()) {
            return 1;
        }
        try (var listeners = opened.get()) {
            var inbox = new Inbox();
            Introduction.log(settings, listeners);
            var heir = inheritance.isPresent();
            var other = new OtherMaster(invocation, inheritance, listeners, inbox, pidFile);
            var pid = ProcessHandle.current().pid();
            var manager = ServiceManager.of(invocation.environment(), pid, heir);
            var identity = Identity.of(settings, heir);
            return serve(settings, reader, inbox, listeners, other, manager, hooks, identity);
        } catch (IOException failed) {
            LOG.log(Level.ERROR, failed.getMessage());
            return 1;
        } finally {
            LOG.log(Level.INFO, "stopped");
        }
    }

    private static int serve(
            MasterSettings settings,
            MasterSettings.Reader reader,
            Inbox inbox,
            Listeners listeners,
            OtherMaster other,
            ServiceManager manager,
            Hooks hooks,
            Identity identity)
            throws InterruptedException, IOException {
        var slots = settings.slots();
        var generations = new Generations(settings, reader, listeners, slots);
        var supervisor = new Supervisor(settings.limits(slots));
        var addresses = listeners.named().stream().map(Listener::name).toList();
        var moments = new Moments(hooks, addresses, settings.workers());
        try (var board = Scoreboard.create(slots);
                var workers = new Workers(generations::of, listeners, board, inbox);
                var _ = new SourceWatch(settings.watched(), inbox).start();
                var desk = Desk.open(identity, generations, board, inbox)) {
            return new Master(
                            inbox,
                            supervisor,
                            listeners,
                            generations,
                            workers,
                            other,
                            manager,
                            moments,
                            desk)
                    .serve();
        }
    }

    private int serve() throws InterruptedException {
        SIGNALS.forEach(this::register);
        inbox.first(new Event.Started());
        var failures = 0;
        while (!supervisor.finished()) {
            try {
                turn();
                failures = 0;
            } catch (RuntimeException | Error failed) {
                failures++;
                LOG.log(Level.ERROR, "the master's loop failed, it goes on", failed);
                if (failures == FAILURES_MAX) {
                    return 1;
                }
            }
        }
        return supervisor.exitCode();
    }

    private void register(Signal signal) {
        if (!Signals.handle(signal, () -> inbox.signal(signal))) {
            LOG.log(
                    Level.INFO,
                    "signal=%s stays ignored, as nohup or the shell that started us set it"
                            .formatted(signal));
        }
    }

    private void turn() throws InterruptedException {
        var left = timerAt.minus(uptime.now());
        var rest = left.compareTo(REST_MIN) < 0 ? REST_MIN : left;
        var event = inbox.next(this::reap, rest).orElseGet(this::look);
        var late = uptime.look(rest);
        if (!late.isZero()) {
            performer.perform(supervisor.decide(new Event.HeldUp(late), uptime.now()));
        }
        if (event instanceof Event.Asked(Question question)) {
            var wish = guard.get("a question", Optional.<Event>empty(), () -> taken(question));
            if (wish.isEmpty()) {
                return;
            }
            event = wish.get();
        }
        heed(event, uptime.now());
    }

    /// A question that cannot be answered is answered with that.
    private Optional<Event> taken(Question question) {
        try {
            return desk.take(question, supervisor, uptime.now());
        } catch (RuntimeException | Error failed) {
            question.reply().failed("the master failed at it: " + failed);
            throw failed;
        }
    }

    private void heed(Event event, Duration now) {
        if (event instanceof Event.OfUpgrade upgraded) {
            guard.run("the other master", () -> other.note(upgraded));
        }
        guard.run("hooks", () -> moments.happened(event));
        var decided = supervisor.decide(event, now);
        guard.run("hooks of scaling", () -> moments.wanted(supervisor.scaling().wanted()));
        performer.perform(decided);
        guard.run("the desk", () -> desk.heard(event, supervisor, now));
        guard.run("lanes", () -> listeners.keep(supervisor.slotsInUse(), supervisor.slotsWanted()));
        guard.run("generations", () -> generations.keep(supervisor.generationsInUse()));
        var standing = supervisor.standing();
        guard.run("the service manager", () -> manager.tell(standing, now));
        guard.run("the other master's line", () -> other.ready(standing));
        var next = now.plus(min(supervisor.patience(now), manager.patience()));
        if (event instanceof Event.TimerFired || next.compareTo(timerAt) < 0) {
            timerAt = next;
        }
    }

    /// What cannot be seen does not keep us from seeing the rest.
    private Event look() {
        guard.run("reaping orphans", Orphans::lookAfter);
        return new Event.TimerFired(
                guard.get("the scoreboard", Map.<Integer, Pulse>of(), workers::pulses),
                guard.get("accept queues", false, listeners::areAwaited),
                guard.get("accept queues' length", 0, listeners::waiting),
                guard.get("left accept queues", false, listeners::areLeftAwaited));
    }

    private List<Event> reap() {
        var exits = new ArrayList<>(guard.get("reaping", List.<Event>of(), workers::reap));
        exits.addAll(guard.get("reaping a master", List.<Event>of(), other::reap));
        return exits;
    }

    /// That new workers are started with.
    private long generation() {
        return supervisor.census(uptime.now()).generation();
    }

    private static Duration min(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }
}
