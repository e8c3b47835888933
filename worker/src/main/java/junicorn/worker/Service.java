package junicorn.worker;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import junicorn.control.WarmUp;
import junicorn.control.WorkerSettings;
import junicorn.control.WorkerSettings.Listener;
import junicorn.os.Sockets;
import junicorn.scoreboard.Slot;
import junicorn.worker.app.AccessLog;
import junicorn.worker.app.Applications;
import junicorn.worker.app.DrainNotice;
import junicorn.worker.app.Farewells;
import junicorn.worker.hook.Hooks;
import junicorn.worker.http.Explanation;
import junicorn.worker.http.HttpFront;
import junicorn.worker.http.RefusalLog;
import junicorn.worker.http.RequestDeadlines;
import junicorn.worker.http.WorkerConnector;
import junicorn.worker.http.message.HttpSettings;
import junicorn.worker.http.message.LeanDeflate;
import junicorn.worker.http.message.RequestObserver;
import junicorn.worker.poll.DescriptorRoom;
import junicorn.worker.poll.Poll;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.jspecify.annotations.Nullable;

/// What a worker is made of: the application in Jetty's server, the poll, and HTTP between them.
final class Service implements Host {
    private static final Logger LOG = System.getLogger(Service.class.getName());

    /// Jetty's threads run what an application starts with AsyncContext; requests never run on
    /// them.
    private static final int JETTY_THREADS_MAX = 200;

    private static final int JETTY_THREADS_MIN = 1;

    /// How often the heart beats in an idle worker: several times within the shortest `--timeout`.
    private static final Duration BEAT = Duration.ofMillis(250);

    private static final Duration STOP = Duration.ofSeconds(5);

    private final WorkerSettings settings;
    private final HttpSettings limits;
    private final WorkerConnector connector;
    private final Ending ending;
    private final Server server;
    private final HttpConfiguration configuration = Applications.httpConfiguration();
    private final Poll poll;
    private final HttpFront front;
    private volatile @Nullable AccessLog accessLog;

    Service(WorkerSettings settings, Slot slot, Ending ending) {
        this.settings = settings;
        limits = Choices.limits(settings);
        this.ending = ending;
        server = new Server(jettyThreads());
        server.setStopTimeout(STOP.toMillis());
        connector = new WorkerConnector(server, configuration);
        server.addConnector(connector);
        poll =
                new Poll(
                        Choices.concurrency(settings),
                        settings.listeners().stream().mapToInt(Listener::fd).toArray(),
                        slot::beat);
        front =
                new HttpFront(
                        poll,
                        limits,
                        connector,
                        configuration,
                        observer(slot),
                        refusals(),
                        new RequestDeadlines(
                                settings.deadlines().requestTimeout(),
                                settings.deadlines().requestTimeoutGrace(),
                                ending::unfit));
    }

    private static QueuedThreadPool jettyThreads() {
        var threads = new QueuedThreadPool(JETTY_THREADS_MAX, JETTY_THREADS_MIN);
        threads.setName("jetty");
        threads.setReservedThreads(0);
        return threads;
    }

    private RequestObserver observer(Slot slot) {
        var counter = new Counter(slot, slot.runningRequests());
        return settings.recycling().maxRequests() > 0
                ? Recycling.of(settings.recycling(), counter, ending)
                : counter;
    }

    private RefusalLog refusals() {
        return (remote, requestLine, status) -> {
            LOG.log(
                    Level.DEBUG,
                    () -> "refused a request status=" + status + " client=" + words(remote));
            var log = accessLog;
            if (log != null) {
                log.logUnparsed(words(remote), status, requestLine);
            }
        };
    }

    private static String words(@Nullable SocketAddress remote) {
        return remote instanceof InetSocketAddress address
                ? address.getAddress().getHostAddress()
                : "-";
    }

    @Override
    public void startApplication() throws StartFailed {
        try {
            var logs = settings.logs();
            if (logs.accessLog().isPresent()) {
                var log = AccessLog.open(logs.accessLog().get(), logs.accessLogFormat());
                accessLog = log;
                server.setRequestLog(log);
            }
            var hosted = settings.hosted();
            server.setHandler(
                    Applications.load(
                            hosted.application(),
                            hosted.classPath(),
                            hosted.contextPath(),
                            server));
            server.start();
            LeanDeflate.install(server);
        } catch (Exception | LinkageError | StackOverflowError | AssertionError e) {
            throw new StartFailed(e);
        }
    }

    @Override
    public ClassLoader applicationLoader() {
        return Applications.loaderOf(server);
    }

    @Override
    public void tell(Hooks hooks) {
        front.tell(hooks);
    }

    @Override
    public boolean runsBeforeItOpens() {
        return true;
    }

    /// By a front of its own, so that neither the scoreboard nor a hook counts these requests.
    @Override
    public List<String> warmUp(WarmUp warmUp) {
        var log = Optional.ofNullable(accessLog);
        log.ifPresent(it -> it.silent(true));
        var apart =
                new HttpFront(
                        poll,
                        limits,
                        connector,
                        configuration,
                        new Nobody(),
                        (_, _, _) -> {},
                        RequestDeadlines.none());
        var address =
                settings.listeners().stream()
                        .flatMap(listener -> Sockets.localAddress(listener.fd()).stream())
                        .findFirst()
                        .orElse(new InetSocketAddress(InetAddress.getLoopbackAddress(), 80));
        var failures = new Rehearsal(poll, apart, address).run(warmUp);
        log.ifPresent(it -> it.silent(false));
        return failures;
    }

    /// Now that the application has what it wanted of the descriptors.
    @Override
    public void open() {
        var room = DescriptorRoom.now();
        int wanted = settings.capacity().connections();
        boolean speaks = settings.place().slot() == 0; // workers are all alike
        if (speaks && poll.concurrency().keepsConnections() && room.connections() < wanted) {
            LOG.log(Level.WARNING, room.tooSmallFor(wanted));
        }
        poll.open(room.connections());
    }

    @Override
    public void run() {
        var threads = new ArrayList<Thread>();
        for (int i = 1; i < poll.concurrency().pollThreads(); i++) {
            threads.add(
                    Thread.ofPlatform()
                            .name("request-" + i)
                            .uncaughtExceptionHandler(this::lost)
                            .start(loop()));
        }
        Thread.currentThread().setName("request-0");
        Thread.currentThread().setUncaughtExceptionHandler(this::lost);
        loop().run();
        threads.forEach(Service::join);
    }

    /// The work of one thread that polls.
    private Runnable loop() {
        return poll.loop(front::accepted, Math.toIntExact(BEAT.toMillis()));
    }

    /// A request thread ended by an error of the virtual machine: a worker without it would look
    /// healthy and serve less, or nothing. The master makes a new one.
    private void lost(Thread thread, Throwable error) {
        LOG.log(
                Level.ERROR,
                "thread " + thread.getName() + " is lost, so this worker stops",
                error);
        ending.dying("thread " + thread.getName() + " is lost: " + error);
        Runtime.getRuntime().halt(1);
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // we are leaving anyway
        }
    }

    @Override
    public void sweep(long now) {
        poll.sweep(now);
    }

    @Override
    public void reopenLogs() throws IOException {
        var log = accessLog;
        if (log != null) {
            log.reopen();
        }
    }

    @Override
    public String explain() {
        return Explanation.of(poll, System.nanoTime());
    }

    @Override
    public void drain() {
        DrainNotice.tell(server);
        poll.drain();
    }

    @Override
    public void close() throws IOException {
        try {
            Farewells.await(server);
            server.stop();
        } catch (Exception e) {
            LOG.log(Level.WARNING, "the application failed to stop", e);
        }
        poll.close();
        var log = accessLog;
        if (log != null) {
            log.close();
        }
    }

    /// For requests that do not count.
    private record Nobody() implements RequestObserver {
        @Override
        public int requestBegan(String method, String target, String version) {
            return 0;
        }

        @Override
        public void requestEnded(int ticket) {}
    }
}
