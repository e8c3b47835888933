package junicorn.worker.hook;

import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import junicorn.api.WorkerHook;

/// One hook, and whether it is still worth calling.
final class Hook {
    private static final System.Logger LOG = System.getLogger(Hook.class.getName());

    /// A call that takes longer is logged.
    static final Duration SLOW = Duration.ofSeconds(1);

    /// Failures in a row after which it is called no more.
    static final int STRIKES_MAX = 10;

    /// A step of the hook's.
    interface Step {
        void run(WorkerHook hook) throws Exception;
    }

    private final WorkerHook hook;
    private final AtomicInteger strikes = new AtomicInteger();
    private volatile boolean off;

    Hook(WorkerHook hook) {
        this.hook = hook;
    }

    String name() {
        return hook.getClass().getName();
    }

    boolean isOff() {
        return off;
    }

    /// Whatever it throws ends here.
    void call(Call call, Step step) {
        var thread = Thread.currentThread();
        var before = thread.getContextClassLoader();
        thread.setContextClassLoader(hook.getClass().getClassLoader());
        try {
            step.run(hook);
            strikes.setPlain(0);
            if (call.age(System.nanoTime()).compareTo(SLOW) > 0) {
                LOG.log(Level.WARNING, "hook %s is slow %s".formatted(call.name(), call.facts()));
            }
        } catch (Throwable e) { // not even an Error of a hook ends a request
            failed(call, e);
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    private void failed(Call call, Throwable e) {
        if (off) {
            return; // it was told to end, and has
        }
        var count = strikes.incrementAndGet();
        var last = count >= STRIKES_MAX;
        LOG.log(
                last ? Level.ERROR : Level.WARNING,
                "hook %s failed %s%s"
                        .formatted(
                                call.name(),
                                call.facts(),
                                last
                                        ? ", for the %dth time in a row: it is called no more"
                                                .formatted(count)
                                        : ""),
                e);
        if (last) {
            off = true;
        }
    }

    /// It has not returned in time.
    void switchOff(Call call) {
        off = true;
        LOG.log(
                Level.ERROR,
                "hook %s has not returned, it is interrupted and called no more %s%n%s"
                        .formatted(call.name(), call.facts(), call.stack()));
    }
}
