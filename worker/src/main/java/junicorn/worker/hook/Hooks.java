package junicorn.worker.hook;

import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import junicorn.api.WorkerHook;
import junicorn.worker.http.RequestHooks;
import org.eclipse.jetty.server.Request;

/// The hooks of one worker. They run on the thread whose business they accompany, so that what they
/// set for that thread is there; the control thread looks for those that do not return.
public final class Hooks implements RequestHooks {
    /// None: nobody calls this.
    public static final Hooks NONE = new Hooks(List.of(), _ -> {});

    private static final System.Logger LOG = System.getLogger(Hooks.class.getName());
    private static final Duration LIMIT = Duration.ofSeconds(5);
    private static final Duration LIMIT_OF_INIT = Duration.ofSeconds(30);
    private static final Duration LIMIT_OF_ABORT = Duration.ofSeconds(1);

    /// Of a request that took too long: the status that was sent, not the application's.
    private static final String ANSWERED_INSTEAD = "junicorn.answeredInstead";

    private final List<Hook> hooks;
    private final Consumer<String> unfit;
    private final AtomicBoolean saidUnfit = new AtomicBoolean();
    private final Set<Call> calls = ConcurrentHashMap.newKeySet();

    Hooks(List<? extends WorkerHook> hooks, Consumer<String> unfit) {
        this.hooks = hooks.stream().map(Hook::new).toList();
        this.unfit = unfit;
    }

    /// Those that the application brings; one that cannot be made is logged and left out.
    ///
    /// @param unfit is told why, if a hook holds a thread for good
    public static Hooks find(ClassLoader loader, Consumer<String> unfit) {
        var found = new ArrayList<WorkerHook>();
        var candidates = ServiceLoader.load(WorkerHook.class, loader).iterator();
        while (true) {
            try {
                if (!candidates.hasNext()) {
                    break;
                }
                found.add(candidates.next());
            } catch (ServiceConfigurationError | LinkageError e) {
                LOG.log(Level.ERROR, "a hook cannot be made, the worker does without it", e);
            }
        }
        found.forEach(hook -> LOG.log(Level.DEBUG, () -> "hook " + hook.getClass().getName()));
        return new Hooks(found, unfit);
    }

    public boolean isEmpty() {
        return hooks.isEmpty();
    }

    /// The application has started.
    public void postInit() {
        call("postInit", LIMIT_OF_INIT, WorkerHook::postInit);
    }

    @Override
    public void began(Request request) {
        call("preRequest", LIMIT, hook -> hook.preRequest(new Head(request)));
    }

    @Override
    public void ended(Request request, int status) {
        int sent = request.getAttribute(ANSWERED_INSTEAD) instanceof Integer other ? other : status;
        var took = Duration.ofNanos(System.nanoTime() - request.getHeadersNanoTime());
        call("postRequest", LIMIT, hook -> hook.postRequest(new Head(request), sent, took));
    }

    /// The worker is about to end out of order; waits for the hooks, but not for long.
    public void abort(String reason) {
        if (hooks.isEmpty()) {
            return;
        }
        var thread =
                Thread.ofPlatform()
                        .name("abort")
                        .daemon()
                        .start(() -> call("workerAbort", LIMIT, hook -> hook.workerAbort(reason)));
        try {
            thread.join(LIMIT_OF_ABORT);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private void call(String method, Duration limit, Hook.Step step) {
        for (var hook : hooks) {
            if (!hook.isOff()) {
                var call = new Call(hook, method, limit);
                calls.add(call);
                try {
                    hook.call(call, step);
                } finally {
                    calls.remove(call);
                    call.over();
                }
            }
        }
    }

    /// Ends those that take too long.
    ///
    /// @param now [System#nanoTime()]
    public void sweep(long now) {
        for (var call : calls) {
            if (!call.endIfLate(now)
                    && call.ignoresInterrupt(now)
                    && saidUnfit.compareAndSet(false, true)) {
                unfit.accept("hook %s does not return".formatted(call.name()));
            }
        }
    }
}
