package junicorn.hooks;

import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/// Tells the moments of the master to what is hooked on, one after the other, on a thread of its
/// own. Nobody waits for it, but at the start and at the end; and then only for so long.
public final class Hooks implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(Hooks.class.getName());

    /// Hooks that are slower than what happens miss something.
    private static final int MOMENTS_MAX = 1_000;

    /// For a hook that was cut short to be reaped.
    private static final Duration END = Duration.ofSeconds(2);

    private final HookSettings settings;
    private final Set<String> hidden;
    private final BlockingQueue<Told> queue = new LinkedBlockingQueue<>(MOMENTS_MAX);
    private final AtomicLong missed = new AtomicLong();
    private final Thread thread;

    /// Not less than there are, as far as is known.
    private volatile int count = 1;

    private record Told(Moment moment, CountDownLatch begun, CountDownLatch done) {
        static Told of(Moment moment) {
            return new Told(moment, new CountDownLatch(1), new CountDownLatch(1));
        }
    }

    private Hooks(HookSettings settings, Set<String> hidden) {
        this.settings = settings;
        this.hidden = Set.copyOf(hidden);
        this.thread = Thread.ofPlatform().name("hooks").daemon().unstarted(this::run);
    }

    /// Begins to listen, if anything is hooked on.
    ///
    /// @param hidden variables of the environment that commands do not get
    public static Hooks of(HookSettings settings, Set<String> hidden) {
        var hooks = new Hooks(settings, hidden);
        if (!settings.isEmpty()) {
            hooks.thread.start();
        }
        return hooks;
    }

    /// Returns at once.
    public void tell(Moment moment) {
        tell(Told.of(moment));
    }

    /// Returns when all hooks are done with it, or when the time is up that each of them has. What
    /// was told before goes first; but if that takes too long, it is missed.
    public void await(Moment moment) throws InterruptedException {
        var told = Told.of(moment);
        if (!tell(told)) {
            return;
        }
        if (!inTime(told.begun(), 1)) {
            forgetAllBut(told);
        }
        if (!inTime(told.begun(), 2) || !inTime(told.done(), count + 1)) {
            LOG.log(Level.WARNING, "hooks at %s take too long".formatted(moment.name()));
        }
    }

    private boolean inTime(CountDownLatch latch, int times) throws InterruptedException {
        var atMost = settings.timeout().multipliedBy(times);
        return latch.await(atMost.toMillis(), TimeUnit.MILLISECONDS);
    }

    /// The hook that runs is bounded; those that wait behind it would take as long again each.
    private void forgetAllBut(Told last) {
        var before = queue.size();
        queue.removeIf(it -> !it.equals(last));
        var forgotten = before - queue.size();
        if (forgotten > 0) {
            LOG.log(
                    Level.WARNING,
                    "hooks are too slow and miss moments before %s: %d"
                            .formatted(last.moment().name(), forgotten));
        }
    }

    private boolean tell(Told told) {
        if (settings.isEmpty()) {
            return false;
        }
        var room = queue.offer(told);
        if (!room && missed.incrementAndGet() == 1) {
            LOG.log(Level.WARNING, "hooks are too slow and miss moments: " + told.moment().name());
        }
        return room;
    }

    /// Nothing is told any more, and what still runs is cut short.
    @Override
    public void close() {
        if (settings.isEmpty()) {
            return;
        }
        thread.interrupt();
        try {
            thread.join(END);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        var hooks = hooks();
        count = hooks.size();
        try {
            while (true) {
                var told = queue.take();
                told.begun().countDown();
                for (var hook : hooks) {
                    run(hook, told.moment());
                }
                told.done().countDown();
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt(); // closed
        }
    }

    private List<Hook> hooks() {
        var hooks = new ArrayList<Hook>();
        settings.commands().forEach(command -> hooks.add(new ShellHook(command, hidden)));
        try {
            var found = JavaHook.find(settings.classPath());
            if (found.isEmpty() && !settings.classPath().isEmpty()) {
                LOG.log(
                        Level.WARNING,
                        "no META-INF/services/junicorn.api.ServerHooks in " + settings.classPath());
            }
            hooks.addAll(found);
        } catch (ServiceConfigurationError | LinkageError broken) {
            LOG.log(Level.ERROR, "hooks cannot be loaded: " + broken);
        }
        return hooks;
    }

    private void run(Hook hook, Moment moment) throws InterruptedException {
        if (!hook.hears(moment)) {
            return;
        }
        try {
            hook.run(moment, settings.timeout())
                    .ifPresent(
                            why ->
                                    LOG.log(
                                            Level.WARNING,
                                            "hook %s failed at %s: %s"
                                                    .formatted(hook, moment.name(), why)));
        } catch (RuntimeException broken) {
            LOG.log(Level.ERROR, "hook %s failed".formatted(hook), broken);
        }
    }
}
