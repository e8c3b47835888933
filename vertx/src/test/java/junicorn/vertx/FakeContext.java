package junicorn.vertx;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import junicorn.api.Listener;
import junicorn.api.WorkerContext;

/// A worker's context with one listener, on a free port.
final class FakeContext implements WorkerContext {
    final AtomicInteger beats = new AtomicInteger();
    final AtomicInteger requests = new AtomicInteger();
    final AtomicInteger busy = new AtomicInteger();
    private final ServerSocketChannel channel;
    private final Listener listener;
    private final String application;
    private final int connections;

    FakeContext(Class<?> application, String method, int connections) throws IOException {
        this.application = application.getName() + method;
        this.connections = connections;
        channel =
                ServerSocketChannel.open()
                        .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        listener = new Listener(5, Listener.Kind.TCP, channel.getLocalAddress(), "http://here");
    }

    InetSocketAddress address() {
        return (InetSocketAddress) listener.address();
    }

    @Override
    public int index() {
        return 0;
    }

    @Override
    public int workers() {
        return 1;
    }

    @Override
    public long generation() {
        return 1;
    }

    @Override
    public String application() {
        return application;
    }

    @Override
    public List<Path> classPath() {
        return List.of();
    }

    @Override
    public ClassLoader applicationLoader() {
        return FakeContext.class.getClassLoader();
    }

    @Override
    public int threads() {
        return 1;
    }

    @Override
    public int connections() {
        return connections;
    }

    @Override
    public Duration keepAlive() {
        return Duration.ofSeconds(5);
    }

    @Override
    public Duration gracefulTimeout() {
        return Duration.ofSeconds(30);
    }

    @Override
    public boolean isCheck() {
        return false;
    }

    @Override
    public List<Listener> listeners() {
        return List.of(listener);
    }

    @Override
    public ServerSocketChannel channel(Listener wanted) {
        return channel;
    }

    @Override
    public void beat() {
        beats.incrementAndGet();
    }

    @Override
    public void requestBegan() {
        busy.incrementAndGet();
    }

    @Override
    public void requestEnded() {
        requests.incrementAndGet();
        busy.decrementAndGet();
    }
}
