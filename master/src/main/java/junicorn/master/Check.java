package junicorn.master;

import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import junicorn.master.listen.Listeners;
import junicorn.master.loop.Event;
import junicorn.master.loop.Inbox;
import junicorn.master.process.Workers;
import junicorn.master.settings.Generation;
import junicorn.master.settings.Limits;
import junicorn.master.settings.MasterSettings;
import junicorn.master.settings.Words;
import junicorn.scoreboard.Scoreboard;

/// Loads the application once, in a worker without listeners, and says how that went.
public final class Check {
    private static final System.Logger LOG = System.getLogger(Check.class.getName());

    /// No SIGCHLD wakes us here.
    private static final Duration LOOK = Duration.ofMillis(100);

    private Check() {}

    /// Blocks until the worker has reported, for the boot timeout at most.
    ///
    /// @return the exit code: 0, or 1 if the application does not start
    public static int run(MasterSettings settings) {
        var inbox = new Inbox();
        var template = settings.template().onlyCheck();
        var generation = new Generation(1, settings.command(), template, List.of());
        try (var scoreboard = Scoreboard.create(1);
                var workers = new Workers(_ -> generation, Listeners.none(), scoreboard, inbox)) {
            inbox.first(workers.spawn(0, 1, false));
            var failure = failure(inbox, workers, settings.bootTimeout());
            failure.ifPresent(why -> LOG.log(Level.ERROR, "check failed: " + why));
            return failure.isPresent() ? 1 : 0;
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return 1;
        }
    }

    private static Optional<String> failure(Inbox inbox, Workers workers, Duration timeout)
            throws InterruptedException {
        var endNanos = System.nanoTime() + timeout.toNanos();
        while (true) {
            var left = Duration.ofNanos(endNanos - System.nanoTime());
            if (timeout.isPositive() && !left.isPositive()) {
                return Optional.of("not ready after " + Words.of(timeout));
            }
            var event = inbox.next(workers::reap, shorter(left)).orElse(new Event.Started());
            switch (event) {
                case Event.WorkerReady(_, _, long startMillis) -> {
                    var time = Words.of(Duration.ofMillis(startMillis));
                    LOG.log(Level.INFO, "check passed: the application starts boot=" + time);
                    awaitExit(inbox, workers);
                    return Optional.empty();
                }
                case Event.BootFailed(_, _, String reason, String stack) -> {
                    awaitExit(inbox, workers);
                    return Optional.of(stack.isBlank() ? reason : reason + "\n" + stack);
                }
                case Event.SpawnFailed(_, String reason) -> {
                    return Optional.of(reason);
                }
                case Event.WorkerExited exit -> {
                    return Optional.of("the worker died " + exit.exit().words());
                }
                case Event.OfUpgrade _,
                        Event.OfItself _,
                        Event.Asked _,
                        Event.WorkerStarted _,
                        Event.WorkerYielded _,
                        Event.SignalReceived _,
                        Event.WorkerUnfit _,
                        Event.WorkerExplained _,
                        Event.WorkerTired _,
                        Event.Plan _,
                        Event.TimerFired _ -> {}
            }
        }
    }

    /// The worker has said its word and goes by itself: only so can it remove what it unpacked.
    private static void awaitExit(Inbox inbox, Workers workers) throws InterruptedException {
        var endNanos = System.nanoTime() + Limits.EXIT.toNanos();
        var gone = false;
        while (!gone && System.nanoTime() - endNanos < 0) {
            var event = inbox.next(workers::reap, LOOK);
            gone = event.isPresent() && event.get() instanceof Event.WorkerExited;
        }
    }

    private static Duration shorter(Duration left) {
        return left.isPositive() && left.compareTo(LOOK) < 0 ? left : LOOK;
    }
}
