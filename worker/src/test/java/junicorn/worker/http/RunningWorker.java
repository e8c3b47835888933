package junicorn.worker.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import junicorn.os.Sockets;
import junicorn.worker.http.message.HttpSettings;
import junicorn.worker.http.message.LeanDeflate;
import junicorn.worker.http.message.RequestObserver;
import junicorn.worker.poll.Concurrency;
import junicorn.worker.poll.Poll;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/// One worker in this process, on a loopback port. [#close()] proves that it ended as it should:
/// threads gone, connections closed, no descriptor left, as many requests ended as began.
public final class RunningWorker implements AutoCloseable {
    /// Generous: what a test does not speak of must not end it.
    static final HttpSettings PATIENT =
            new HttpSettings(
                    Duration.ofSeconds(20),
                    Duration.ofSeconds(20),
                    Duration.ofSeconds(20),
                    Duration.ofSeconds(20),
                    64 * 1024,
                    4094,
                    100,
                    8190);

    private static final long SWEEP_NANOS = Duration.ofMillis(3).toNanos();

    private final Map<Integer, String> descriptorsBefore = Descriptors.open();
    private final List<RawClient> clients = new CopyOnWriteArrayList<>();
    private final List<Thread> requestThreads = new ArrayList<>();
    private final AtomicLong began = new AtomicLong();
    private final AtomicLong ended = new AtomicLong();
    private final ConcurrentLinkedQueue<Integer> refusals = new ConcurrentLinkedQueue<>();
    private final Server server;
    private final Poll poll;
    private final HttpFront front;
    private final InetSocketAddress address;
    private final Thread sweeper;
    private volatile boolean sweeping = true;

    private RunningWorker(
            Concurrency concurrency,
            HttpSettings settings,
            RequestDeadlines deadlines,
            Function<Server, Handler> handler) {
        var threads = new QueuedThreadPool(16, 1);
        threads.setReservedThreads(0);
        threads.setName("jetty");
        server = new Server(threads);
        server.setStopTimeout(1000);
        var configuration = new HttpConfiguration();
        configuration.setSendServerVersion(false);
        var connector = new WorkerConnector(server, configuration);
        server.addConnector(connector);
        server.setHandler(handler.apply(server));
        int listener = listen();
        address = (InetSocketAddress) Sockets.localAddress(listener).orElseThrow();
        poll = new Poll(concurrency, new int[] {listener}, () -> {});
        front =
                new HttpFront(
                        poll,
                        settings,
                        connector,
                        configuration,
                        observer(),
                        (_, _, status) -> refusals.add(status),
                        deadlines);
        sweeper = Thread.ofPlatform().name("sweeper").daemon().unstarted(this::sweep);
    }

    private RequestObserver observer() {
        return new RequestObserver() {
            @Override
            public int requestBegan(String method, String target, String version) {
                began.incrementAndGet();
                return 0;
            }

            @Override
            public void requestEnded(int ticket) {
                ended.incrementAndGet();
            }
        };
    }

    public static RunningWorker start(
            Concurrency concurrency, HttpSettings settings, Handler handler) {
        return start(concurrency, settings, _ -> handler);
    }

    /// For a handler that has to know its server before.
    public static RunningWorker start(
            Concurrency concurrency, HttpSettings settings, Function<Server, Handler> handler) {
        return start(concurrency, settings, RequestDeadlines.none(), handler);
    }

    public static RunningWorker start(
            Concurrency concurrency,
            HttpSettings settings,
            RequestDeadlines deadlines,
            Function<Server, Handler> handler) {
        var worker = new RunningWorker(concurrency, settings, deadlines, handler);
        worker.start();
        return worker;
    }

    public static RunningWorker start(Concurrency concurrency, Handler handler) {
        return start(concurrency, PATIENT, handler);
    }

    private static int listen() {
        var anyPort = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        int fd = Sockets.open(anyPort);
        Sockets.bind(fd, anyPort);
        Sockets.listen(fd, 512);
        Sockets.nonBlocking(fd, true);
        return fd;
    }

    private void start() {
        try {
            server.start();
            LeanDeflate.install(server);
        } catch (Exception e) {
            throw new AssertionError("the server did not start", e);
        }
        poll.open(Integer.MAX_VALUE);
        for (int i = 0; i < poll.concurrency().pollThreads(); i++) {
            var loop = poll.loop(front::accepted, 1000);
            requestThreads.add(Thread.ofPlatform().name("request-" + i).daemon().start(loop));
        }
        sweeper.start();
    }

    private void sweep() {
        while (sweeping) {
            poll.sweep(System.nanoTime());
            LockSupport.parkNanos(SWEEP_NANOS);
        }
    }

    Poll poll() {
        return poll;
    }

    public InetSocketAddress address() {
        return address;
    }

    /// Of the budget for bodies.
    BodyBudget bodies() {
        return front.bodies();
    }

    HttpFront front() {
        return front;
    }

    /// Requests that the application has now.
    long open() {
        return began.get() - ended.get();
    }

    /// What the server itself refused, by status.
    List<Integer> refusals() {
        return List.copyOf(refusals);
    }

    /// A new connection, closed with this worker if not before.
    RawClient connect() throws IOException {
        var client = new RawClient(address);
        clients.add(client);
        return client;
    }

    /// Waits until the worker has no connection but so many.
    void awaitConnections(int count) {
        Await.until(count + " connections", poll::connections, seen -> seen == count);
    }

    void awaitRequests(int count) {
        Await.until(count + " open requests", this::open, seen -> seen == count);
    }

    private void stopServer() {
        try {
            server.stop();
        } catch (Exception e) {
            throw new AssertionError("the server did not stop", e);
        }
    }

    /// Waits until no request thread is in a request.
    void awaitThreadsEnd() {
        for (var thread : requestThreads) {
            Await.until(
                    "the end of " + thread.getName(),
                    () -> thread.isAlive() ? List.of(thread.getStackTrace()) : List.of(),
                    List::isEmpty);
        }
    }

    @Override
    public void close() throws IOException {
        for (var client : clients) {
            client.close();
        }
        if (!poll.draining()) {
            poll.drain();
        }
        try {
            awaitThreadsEnd();
            awaitConnections(0);
        } finally {
            sweeping = false;
            Await.until("the sweeper's end", sweeper::isAlive, alive -> !alive);
            stopServer();
            poll.close();
        }
        assertThat(open()).as("requests that began and did not end").isZero();
        Await.until("the descriptors as before", Descriptors::open, descriptorsBefore::equals);
    }
}
