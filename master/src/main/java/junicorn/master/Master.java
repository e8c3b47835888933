package junicorn.master;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.util.Map;
import java.util.Optional;
import junicorn.hooks.Hooks;
import junicorn.hooks.Moment;
import junicorn.master.decide.Supervisor;
import junicorn.master.desk.Desk;
import junicorn.master.listen.Generations;
import junicorn.master.listen.Inheritance;
import junicorn.master.listen.Listener;
import junicorn.master.listen.Listeners;
import junicorn.master.loop.Inbox;
import junicorn.master.process.SourceWatch;
import junicorn.master.process.Workers;
import junicorn.master.settings.Identity;
import junicorn.master.settings.Invocation;
import junicorn.master.settings.MasterSettings;
import junicorn.master.upgrade.OtherMaster;
import junicorn.master.upgrade.PidFile;
import junicorn.scoreboard.Scoreboard;
import junicorn.systemd.ServiceManager;

/// The master process, from the first line of its log to the last: opens what it needs, has the
/// [Loop] run, and closes it.
public final class Master {
    private static final System.Logger LOG = System.getLogger(Master.class.getName());

    private Master() {}

    /// Serves until a signal ends it. No worker is left when this returns, however it returns.
    ///
    /// @return the exit code: 0, or 1 if it could not listen or no worker could start
    public static int run(MasterSettings settings) {
        return run(settings, _ -> settings, Invocation.UNKNOWN);
    }

    /// The same, where a reload reads the settings again and an upgrade starts the command again.
    public static int run(
            MasterSettings settings, MasterSettings.Reader reader, Invocation invocation) {
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
            StartupLines.log(settings, listeners);
            var newMaster = inheritance.isPresent();
            var other = new OtherMaster(invocation, inheritance, listeners, inbox, pidFile);
            var pid = ProcessHandle.current().pid();
            var manager = ServiceManager.of(invocation.environment(), pid, newMaster);
            var identity = Identity.of(settings, newMaster);
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
            return new Loop(
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
}
