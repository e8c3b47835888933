package junicorn.worker;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import junicorn.control.ControlChannel;
import junicorn.control.Message;
import junicorn.control.WorkerSettings;
import junicorn.os.Signal;
import junicorn.os.Signals;
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
        try (var service =
                new Service(settings, limits(settings), concurrency(settings), slot, this::unfit)) {
            service.startApplication();
            if (settings.check()) {
                channel.send(new Message.Ready(uptimeMillis()));
                return 0;
            }
            serve(service);
            return 0;
        } catch (StartFailed e) {
            var failure = StartFailure.describe(e.getCause());
            channel.send(new Message.BootFailed(failure.reason(), failure.stack()));
            return 1;
        } catch (IOException e) {
            LOG.log(Level.ERROR, "the worker did not stop cleanly", e);
            return 1;
        }
    }

    private void serve(Service service) {
        service.open();
        control.sweeps(service.poll());
        Signals.handle(Signal.TERM, () -> drain(service));
        slot.state(WorkerState.READY);
        slot.beat();
        channel.send(new Message.Ready(uptimeMillis()));
        var threads = new ArrayList<Thread>();
        for (int i = 1; i < service.poll().concurrency().pollThreads(); i++) {
            threads.add(
                    Thread.ofPlatform()
                            .name("request-" + i)
                            .uncaughtExceptionHandler(Worker::lost)
                            .start(service.loop()));
        }
        Thread.currentThread().setName("request-0");
        Thread.currentThread().setUncaughtExceptionHandler(Worker::lost);
        service.loop().run();
        threads.forEach(Worker::join);
    }

    /// The master starts a successor, then stops this one.
    private void unfit(String reason) {
        channel.send(new Message.Unfit(reason));
    }

    private void drain(Service service) {
        leadership.give();
        slot.state(WorkerState.DRAINING);
        service.drain();
    }

    /// A request thread ended by an error of the virtual machine: a worker without it would look
    /// healthy and serve less, or nothing. The master makes a new one.
    private static void lost(Thread thread, Throwable error) {
        LOG.log(
                Level.ERROR,
                "thread " + thread.getName() + " is lost, so this worker stops",
                error);
        Runtime.getRuntime().halt(1);
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // we are leaving anyway
        }
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
