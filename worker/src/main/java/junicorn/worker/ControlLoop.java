package junicorn.worker;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import junicorn.control.ControlChannel;
import junicorn.control.Message;
import junicorn.os.Epoll;
import junicorn.os.Processes;
import junicorn.os.Signal;
import junicorn.os.Sockets;
import junicorn.worker.poll.Fault;

/// The worker's control thread: watches the channel to the master, and while nothing comes from
/// there has others look for what is late. When the channel ends the master is gone,
/// and the worker goes at once: nobody would replace it, and whoever restarts the service needs the
/// port.
final class ControlLoop {
    private static final Logger LOG = System.getLogger(ControlLoop.class.getName());
    private static final Duration SWEEP = Duration.ofMillis(250);

    private final int channelFd;
    private final ControlChannel channel;
    private final Consumer<Message> orders;
    private volatile List<LongConsumer> sweeps = List.of();
    private volatile Runnable stopping = () -> {};

    /// @param orders obeys what the master says
    ControlLoop(int channelFd, ControlChannel channel, Consumer<Message> orders) {
        this.channelFd = channelFd;
        this.channel = channel;
        this.orders = orders;
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

    /// From now on these look for what is late.
    void sweeps(List<LongConsumer> newSweeps) {
        sweeps = newSweeps;
    }

    private void run() {
        var clock = new SweepClock(SWEEP, System.nanoTime());
        while (true) {
            if (Sockets.await(channelFd, Epoll.IN, SWEEP)) {
                obey();
            }
            stopping.run();
            var now = clock.look(System.nanoTime());
            sweeps.forEach(sweep -> sweep(sweep, now));
        }
    }

    private void obey() {
        var message = channel.receive();
        if (message.isEmpty()) {
            LOG.log(Level.ERROR, "the master is gone, so this worker stops at once");
            endWithAll();
            return;
        }
        try {
            orders.accept(message.get());
        } catch (RuntimeException e) {
            LOG.log(Level.ERROR, "could not do what the master wants", e);
        }
    }

    /// With what the application has started, which has lost its purpose; not with what took a
    /// session of its own.
    private static void endWithAll() {
        try {
            if (Processes.leadsGroup()) {
                Processes.killGroup(ProcessHandle.current().pid(), Signal.KILL);
            }
        } finally {
            Runtime.getRuntime().halt(1);
        }
    }

    /// What goes wrong with one connection must not end the watch over the master.
    private static void sweep(LongConsumer sweep, long now) {
        try {
            sweep.accept(now);
        } catch (Throwable e) {
            LOG.log(Level.ERROR, "could not end a late connection", e);
            Fault.throwFatal(e);
        }
    }
}
