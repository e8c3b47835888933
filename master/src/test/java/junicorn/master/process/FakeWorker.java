package junicorn.master.process;

import java.lang.foreign.Arena;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import junicorn.control.ControlChannel;
import junicorn.control.Message;
import junicorn.control.WorkerSettings;
import junicorn.os.Epoll;
import junicorn.os.Errno;
import junicorn.os.Signal;
import junicorn.os.Signals;
import junicorn.os.Sockets;
import junicorn.scoreboard.Scoreboard;
import junicorn.scoreboard.Slot;
import junicorn.scoreboard.WorkerState;

/// A worker that speaks the protocol and knows nothing of HTTP. The name of its application says
/// how it behaves: `serves` answers each connection with its pid, `fails` does not start, `sticks`
/// is ready and never beats.
public final class FakeWorker {
    private static final int CHANNEL_FD = 3;
    private static final int SCOREBOARD_FD = 4;

    private final ControlChannel channel;
    private final WorkerSettings settings;
    private final Slot slot;
    private final AtomicBoolean draining = new AtomicBoolean();

    private FakeWorker(ControlChannel channel, WorkerSettings settings) {
        this.channel = channel;
        this.settings = settings;
        this.slot = Scoreboard.map(SCOREBOARD_FD).slot(settings.place().slot());
    }

    public static void main(String[] arguments) throws InterruptedException {
        var channel = new ControlChannel(CHANNEL_FD);
        if (channel.receive().orElseThrow() instanceof Message.Configure(var settings)) {
            new FakeWorker(channel, settings).run();
        }
    }

    private void run() throws InterruptedException {
        var end = new Thread(this::endWithTheMaster);
        end.setDaemon(true);
        end.start();
        switch (settings.hosted().application()) {
            case "serves" -> serve();
            case "sticks" -> {
                ready();
                new CountDownLatch(1).await();
            }
            default -> {
                channel.send(new Message.BootFailed("no database", "\tat some.Application"));
                System.exit(1);
            }
        }
    }

    private void endWithTheMaster() {
        while (channel.receive().isPresent()) {} // the word to lead, say
        Runtime.getRuntime().halt(1);
    }

    private void ready() {
        slot.state(WorkerState.READY);
        channel.send(new Message.Ready(1));
    }

    private void serve() {
        Signals.handle(Signal.TERM, () -> draining.set(true));
        ready();
        if (settings.check()) {
            return;
        }
        var errno = Errno.allocate();
        var listener = settings.listeners().getFirst().fd();
        while (!draining.get()) {
            slot.beat();
            if (Sockets.await(listener, Epoll.IN, Duration.ofMillis(20))) {
                answer(errno, Sockets.accept(errno, listener));
            }
        }
        slot.state(WorkerState.DRAINING);
    }

    private static void answer(Errno errno, int connection) {
        if (connection >= 0) { // else a sibling was faster
            try (var arena = Arena.ofConfined()) {
                var pid = Long.toString(ProcessHandle.current().pid());
                var bytes = arena.allocateFrom(pid, StandardCharsets.US_ASCII);
                Sockets.send(errno, connection, bytes, pid.length());
            }
            Sockets.close(connection);
        }
    }
}
