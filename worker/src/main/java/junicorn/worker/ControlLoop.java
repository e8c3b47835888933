package junicorn.worker;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import junicorn.control.ControlChannel;
import junicorn.control.Message;
import junicorn.os.Epoll;
import junicorn.os.Sockets;
import org.jspecify.annotations.Nullable;

/// The worker's control thread: watches the channel to the master, and while nothing comes from
/// there has the host look for connections that are late. When the channel ends the master is gone,
/// and the worker goes at once: nobody would replace it, and whoever restarts the service needs the
/// port.
final class ControlLoop {
    private static final Logger LOG = System.getLogger(ControlLoop.class.getName());
    private static final Duration SWEEP = Duration.ofMillis(250);

    private final int channelFd;
    private final ControlChannel channel;
    private final Leadership leadership;
    private volatile @Nullable Host host;
    private volatile Runnable stopping = () -> {};
    private volatile Runnable gauge = () -> {};

    ControlLoop(int channelFd, ControlChannel channel, Leadership leadership) {
        this.channelFd = channelFd;
        this.channel = channel;
        this.leadership = leadership;
    }

    /// From now on no request thread beats, for the application stops: the heart does so until
    /// then, by [System#nanoTime()].
    void beatsUntil(long nanoTime, Runnable heartbeat) {
        stopping =
                () -> {
                    if (System.nanoTime() - nanoTime < 0) {
                        heartbeat.run();
                    }
                };
    }

    void start() {
        Thread.ofPlatform().name("control").daemon().start(this::run);
    }

    /// From now on there are connections.
    void sweeps(Host newHost) {
        host = newHost;
    }

    /// Is looked at a few times a second from now on.
    void shows(Runnable newGauge) {
        gauge = newGauge;
    }

    private void run() {
        while (true) {
            if (Sockets.await(channelFd, Epoll.IN, SWEEP)) {
                obey();
            }
            stopping.run();
            gauge.run();
            var current = host;
            if (current != null) {
                sweep(current);
            }
        }
    }

    private void obey() {
        var message = channel.receive();
        if (message.isEmpty()) {
            LOG.log(Level.ERROR, "the master is gone, so this worker stops at once");
            Runtime.getRuntime().halt(1);
        } else if (message.get() instanceof Message.Lead) {
            leadership.lead();
        }
    }

    /// What goes wrong with one connection must not end the watch over the master.
    private static void sweep(Host host) {
        try {
            host.sweep(System.nanoTime());
        } catch (RuntimeException e) {
            LOG.log(Level.ERROR, "could not end a late connection", e);
        }
    }
}
