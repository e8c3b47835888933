package junicorn.worker.custom;

import java.io.IOException;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import junicorn.api.Listener;
import junicorn.api.WorkerContext;
import junicorn.control.WorkerSettings;
import junicorn.os.Sockets;
import junicorn.scoreboard.Slot;

/// The settings of a worker and its row of the scoreboard, as a worker class may see them.
public final class Context implements WorkerContext {
    private final WorkerSettings settings;
    private final Slot slot;
    private final ClassLoader loader;
    private final List<Listener> listeners;
    private final Map<Listener, ServerSocketChannel> channels = new HashMap<>(); // guarded by it

    public Context(WorkerSettings settings, Slot slot, ClassLoader loader) {
        this.settings = settings;
        this.slot = slot;
        this.loader = loader;
        listeners = settings.listeners().stream().map(Context::listener).toList();
    }

    private static Listener listener(WorkerSettings.Listener inherited) {
        var address =
                Sockets.localAddress(inherited.fd())
                        .orElseThrow(
                                () -> new IllegalStateException(inherited + " has no address"));
        var kind = inherited.tcp() ? Listener.Kind.TCP : Listener.Kind.UNIX;
        return new Listener(inherited.fd(), kind, address, inherited.name());
    }

    @Override
    public int index() {
        return settings.place().slot();
    }

    @Override
    public int workers() {
        return settings.place().workers();
    }

    @Override
    public long generation() {
        return settings.place().generation();
    }

    @Override
    public String application() {
        return settings.hosted().application();
    }

    @Override
    public List<Path> classPath() {
        return settings.hosted().classPath();
    }

    @Override
    public ClassLoader applicationLoader() {
        return loader;
    }

    @Override
    public int threads() {
        return settings.capacity().threads();
    }

    @Override
    public int connections() {
        return settings.capacity().connections();
    }

    @Override
    public Duration keepAlive() {
        return settings.deadlines().keepAlive();
    }

    @Override
    public Duration gracefulTimeout() {
        return settings.deadlines().gracefulTimeout();
    }

    @Override
    public boolean isCheck() {
        return settings.check();
    }

    @Override
    public List<Listener> listeners() {
        return listeners;
    }

    @Override
    public ServerSocketChannel channel(Listener listener) throws IOException {
        synchronized (channels) {
            var known = channels.get(listener);
            if (known != null) {
                return known;
            }
            if (!listeners.contains(listener)) {
                throw new IllegalArgumentException("not inherited: " + listener);
            }
            var channel = InheritedChannel.of(listener);
            channels.put(listener, channel);
            return channel;
        }
    }

    @Override
    public void beat() {
        slot.beat();
    }

    @Override
    public void requestBegan() {
        slot.requestBegan(System.currentTimeMillis());
    }

    @Override
    public void requestEnded() {
        slot.requestEnded();
    }
}
