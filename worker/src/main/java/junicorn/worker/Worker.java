package junicorn.worker;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.lang.management.ManagementFactory;
import junicorn.control.ControlChannel;
import junicorn.control.Message;
import junicorn.control.WorkerSettings;
import junicorn.os.Signal;
import junicorn.os.Signals;
import junicorn.os.Sockets;
import junicorn.scoreboard.Scoreboard;
import junicorn.scoreboard.Slot;
import junicorn.scoreboard.WorkerState;
import junicorn.worker.app.StartFailure;
import junicorn.worker.http.HttpSettings;
import junicorn.worker.http.UriRules;
import junicorn.worker.poll.Concurrency;

/// One worker: starts the application, says that it is ready, serves until it is told to stop.
final class Worker {
    private static final Logger LOG = System.getLogger(Worker.class.getName());

    private final WorkerSettings settings;
    private final ControlChannel channel;
    private final Slot slot;
    private final Leadership leadership;
    private final ControlLoop control;

    Worker(WorkerSettings settings, ControlChannel channel) {
        this.settings = settings;
        this.channel = channel;
        slot = Scoreboard.map(WorkerMain.SCOREBOARD_FD).slot(settings.place().slot());
        leadership = Leadership.of(settings.place(), channel);
        control = new ControlLoop(WorkerMain.CHANNEL_FD, channel, leadership);
    }

    /// Runs to the end; the exit code.
    int run() {
        slot.state(WorkerState.STARTING);
        control.start();
        // whatever reaches the whole process group is the master's to understand
        Signals.ignore(Signal.HUP);
        Signals.handle(Signal.TERM, () -> System.exit(0)); // nothing is served yet
        Signals.handle(Signal.INT, () -> System.exit(0));
        try (var host = host()) {
            host.startApplication();
            if (settings.check()) {
                channel.send(new Message.Ready(uptimeMillis()));
                return 0;
            }
            serve(host);
            return 0;
        } catch (StartFailed e) {
            var failure = StartFailure.describe(e.getCause());
            channel.send(new Message.BootFailed(failure.reason(), failure.stack()));
            return 1;
        } catch (Exception e) {
            LOG.log(Level.ERROR, "the worker did not end cleanly", e);
            return 1;
        }
    }

    private Host host() throws StartFailed {
        return switch (settings.capacity().workerClass()) {
            case "sync", "gthread", "virtual", "async" ->
                    new Service(
                            settings, limits(settings), concurrency(settings), slot, this::unfit);
            default -> new CustomHost(settings, slot);
        };
    }

    private void serve(Host host) throws Exception {
        listen();
        host.open();
        control.sweeps(host);
        control.shows(new HeapGauge(slot)::show);
        Signals.handle(Signal.TERM, () -> drain(host));
        slot.state(WorkerState.READY);
        slot.beat();
        channel.send(new Message.Ready(uptimeMillis()));
        host.run();
        var grace = settings.deadlines().gracefulTimeout().toNanos();
        control.beatsUntil(System.nanoTime() + grace, slot::beat);
    }

    /// Sockets of this worker's own wait for it to be ready.
    private void listen() {
        for (var listener : settings.listeners()) {
            if (listener.backlogToListen() > 0) {
                Sockets.listen(listener.fd(), listener.backlogToListen());
            }
        }
    }

    /// The master starts a successor, then stops this one.
    private void unfit(String reason) {
        channel.send(new Message.Unfit(reason));
    }

    private void drain(Host host) {
        leadership.give();
        slot.state(WorkerState.DRAINING);
        host.drain();
    }

    private static Concurrency concurrency(WorkerSettings settings) throws StartFailed {
        var capacity = settings.capacity();
        return switch (capacity.workerClass()) {
            case "sync" -> new Concurrency.Sync();
            case "gthread" -> new Concurrency.Pool(capacity.threads(), capacity.connections());
            case "virtual" -> new Concurrency.Virtual(capacity.connections());
            case "async" -> new Concurrency.Async(capacity.connections());
            default ->
                    throw new StartFailed(
                            new UnsupportedOperationException(
                                    "worker class "
                                            + capacity.workerClass()
                                            + " is not there yet"));
        };
    }

    private static HttpSettings limits(WorkerSettings settings) {
        var deadlines = settings.deadlines();
        var limits = settings.limits();
        return new HttpSettings(
                deadlines.headerTimeout(),
                deadlines.bodyTimeout(),
                deadlines.writeTimeout(),
                deadlines.keepAlive(),
                limits.bufferBodyBytes(),
                limits.limitRequestLine(),
                limits.limitRequestFields(),
                limits.limitRequestFieldSize(),
                limits.limitRequestBody(),
                limits.bodyGrace(),
                limits.bodyRateMin(),
                UriRules.named(limits.uriCompliance()));
    }

    private static long uptimeMillis() {
        return ManagementFactory.getRuntimeMXBean().getUptime();
    }
}
