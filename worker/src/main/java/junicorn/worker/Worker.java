package junicorn.worker;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongConsumer;
import junicorn.control.ControlChannel;
import junicorn.control.Message;
import junicorn.control.WorkerSettings;
import junicorn.log.ErrorLog;
import junicorn.os.PosixException;
import junicorn.os.Signal;
import junicorn.os.Signals;
import junicorn.os.Sockets;
import junicorn.scoreboard.Scoreboard;
import junicorn.scoreboard.Slot;
import junicorn.scoreboard.WorkerState;
import junicorn.worker.app.StartFailure;
import junicorn.worker.hook.Hooks;
import junicorn.worker.http.Explanation;
import org.jspecify.annotations.Nullable;

/// One worker: starts the application, warms up, says that it is ready, serves until it is told to
/// stop.
final class Worker implements Ending {
    private static final Logger LOG = System.getLogger(Worker.class.getName());

    /// How often the heart beats in a worker that waits to serve.
    private static final Duration BEAT = Duration.ofSeconds(1);

    private final WorkerSettings settings;
    private final ControlChannel channel;
    private final Slot slot;
    private final Leadership leadership;
    private final ControlLoop control;
    private final Loosening loosening;
    private final AtomicBoolean saidRecycle = new AtomicBoolean();

    /// Released when a parked worker is to serve, or to end.
    private final CountDownLatch parking = new CountDownLatch(1);

    private volatile @Nullable Host host;
    private volatile Hooks hooks = Hooks.NONE;
    private volatile boolean draining;
    private volatile @Nullable StartFailed failure;

    Worker(WorkerSettings settings, ControlChannel channel) {
        this.settings = settings;
        this.channel = channel;
        slot = Scoreboard.map(WorkerMain.SCOREBOARD_FD).slot(settings.place().slot());
        loosening = new Loosening(settings.deadlines().gracefulTimeout());
        leadership = Leadership.of(settings.place(), channel);
        control = new ControlLoop(WorkerMain.CHANNEL_FD, channel, this::obey);
    }

    /// Runs to the end; the exit code.
    int run() {
        slot.state(WorkerState.STARTING);
        control.start();
        // whatever reaches the whole process group is the master's to understand
        Signals.ignore(Signal.HUP);
        Signals.handle(Signal.USR1, this::reopenLogs);
        Signals.handle(Signal.TERM, () -> System.exit(0)); // nothing is served yet
        Signals.handle(Signal.INT, () -> System.exit(0));
        try (var made = host()) {
            host = made;
            made.startApplication();
            if (settings.check()) {
                channel.send(new Message.Ready(uptimeMillis()));
                return 0;
            }
            serve(made);
            return 0;
        } catch (StartFailed e) {
            var words = StartFailure.describe(e.getCause());
            channel.send(new Message.BootFailed(words.reason(), words.stack()));
            return 1;
        } catch (Exception e) {
            LOG.log(Level.ERROR, "the worker did not end cleanly", e);
            return 1;
        }
    }

    private Host host() throws StartFailed {
        return switch (settings.capacity().workerClass()) {
            case "sync", "gthread", "virtual", "async" -> new Service(settings, slot, this);
            default -> new CustomHost(settings, slot);
        };
    }

    /// The master speaks, on the control thread.
    private void obey(Message message) {
        switch (message) {
            case Message.Lead() -> leadership.lead();
            case Message.Serve() -> serveFromNowOn();
            case Message.Reopen() -> reopenLogs();
            case Message.Loosen() -> loosening.begin();
            case Message.Explain(boolean last) -> explain(last);
            case Message.Configure _,
                    Message.Ready _,
                    Message.BootFailed _,
                    Message.Unfit _,
                    Message.Yielded _,
                    Message.Recycle _,
                    Message.Explained _ ->
                    LOG.log(Level.DEBUG, () -> "the master says what is not for it to say");
        }
    }

    // ---- to ready
    private void serve(Host host) throws Exception {
        welcomeHooks(host);
        control.sweeps(sweeps(host));
        if (host.runsBeforeItOpens()) {
            enterWhileItRuns(host);
            host.run();
            var failed = failure;
            if (failed != null) {
                throw failed;
            }
        } else {
            enter(host);
            if (awaitPlace(host)) {
                host.run();
            }
        }
        var grace = settings.deadlines().gracefulTimeout().toNanos();
        control.beatsUntil(System.nanoTime() + grace, slot::beat);
    }

    private void welcomeHooks(Host host) {
        var found = Hooks.find(host.applicationLoader(), this::unfit);
        if (!found.isEmpty()) {
            hooks = found;
            control.sweeps(List.of(found::sweep));
            found.postInit();
            host.tell(found);
        }
    }

    private List<LongConsumer> sweeps(Host host) {
        var gauge = new HeapGauge(slot);
        var sweeps =
                new ArrayList<LongConsumer>(
                        List.of(host::sweep, loosening::sweep, _ -> gauge.show()));
        if (!hooks.isEmpty()) {
            sweeps.add(hooks::sweep);
        }
        if (settings.recycling().maxHeapBytes() > 0) {
            sweeps.add(new HeapWatch(settings.recycling().maxHeapBytes(), this)::sweep);
        }
        return List.copyOf(sweeps);
    }

    private void enterWhileItRuns(Host host) throws Exception {
        if (settings.warmUp().shots().isEmpty()) {
            enter(host);
        } else {
            Thread.ofPlatform().name("warm-up").start(() -> warmUp(host));
        }
    }

    private void warmUp(Host host) {
        try {
            var failures = host.warmUp(settings.warmUp());
            if (settings.warmUp().strict() && !failures.isEmpty()) {
                throw new WarmUpFailed(failures.getFirst());
            }
            enter(host);
        } catch (Exception e) {
            failure = new StartFailed(e);
            host.drain(); // and so `run` ends
        }
    }

    /// Takes its place among the workers, or waits beside them for one.
    private void enter(Host host) throws Exception {
        if (!isParked()) {
            accept(host);
        }
        Signals.handle(Signal.TERM, () -> drain(host));
        slot.state(WorkerState.READY);
        slot.beat();
        channel.send(new Message.Ready(uptimeMillis()));
    }

    /// Opens, and listens on sockets of this worker's own, which wait for it.
    private void accept(Host host) throws Exception {
        for (var listener : settings.listeners()) {
            if (listener.backlogToListen() > 0) {
                Sockets.listen(listener.fd(), listener.backlogToListen());
            }
        }
        host.open();
    }

    private boolean isParked() {
        return settings.place().parked();
    }

    /// For a host that does not run before it opens. False if the worker is to end before.
    private boolean awaitPlace(Host host) throws Exception {
        if (isParked()) {
            while (!parking.await(BEAT.toMillis(), TimeUnit.MILLISECONDS)) {
                slot.beat();
            }
            if (!draining) {
                accept(host);
            }
        }
        return !draining;
    }

    // ---- what the master wants meanwhile

    /// A parked worker gets a place. One whose host runs only when it is open is waiting for this
    /// in its main thread.
    private void serveFromNowOn() {
        var current = host;
        if (current != null && current.runsBeforeItOpens()) {
            try {
                accept(current);
            } catch (Exception e) {
                unfit("it cannot begin to serve: " + e);
            }
        }
        parking.countDown();
    }

    private void reopenLogs() {
        try {
            ErrorLog.reopen();
            var current = host;
            if (current != null) {
                current.reopenLogs();
            }
        } catch (IOException | PosixException e) {
            LOG.log(Level.WARNING, "cannot reopen a log file, keeping the old one", e);
        }
    }

    private void explain(boolean last) {
        var current = host;
        channel.send(
                new Message.Explained(current == null ? Explanation.threads() : current.explain()));
        if (last) {
            hooks.abort("the worker makes no progress and is to be killed");
        }
    }

    // ---- to the end

    /// The master starts a successor, then stops this one.
    @Override
    public void unfit(String reason) {
        channel.send(new Message.Unfit(reason));
    }

    @Override
    public void recycle(String reason) {
        if (saidRecycle.compareAndSet(false, true)) {
            channel.send(new Message.Recycle(reason));
        }
    }

    @Override
    public void recycleAtOnce(String reason) {
        var current = host;
        if (current != null) {
            drain(current); // first: nobody may come in between
        }
        recycle(reason);
    }

    @Override
    public void dying(String reason) {
        hooks.abort(reason);
    }

    private void drain(Host host) {
        draining = true;
        leadership.give();
        slot.state(WorkerState.DRAINING);
        if (!isParked() || host.runsBeforeItOpens()) {
            host.drain();
        }
        parking.countDown();
    }

    private static long uptimeMillis() {
        return ManagementFactory.getRuntimeMXBean().getUptime();
    }
}
