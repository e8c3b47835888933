package junicorn.worker;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.concurrent.Callable;
import junicorn.api.WorkerClass;
import junicorn.control.WorkerSettings;
import junicorn.scoreboard.Slot;
import junicorn.worker.app.Applications;
import junicorn.worker.custom.Context;
import junicorn.worker.custom.WorkerClasses;
import junicorn.worker.http.Explanation;
import org.jspecify.annotations.Nullable;

/// Serves by a [WorkerClass]: one of the user's, or one of ours that is not built upon the poll. It
/// is found on the application's class path, and sees what the application sees.
final class CustomHost implements Host {
    private static final Logger LOG = System.getLogger(CustomHost.class.getName());

    private final WorkerSettings settings;
    private final Slot slot;
    private final ClassLoader loader;
    private @Nullable WorkerClass workerClass;

    CustomHost(WorkerSettings settings, Slot slot) {
        this.settings = settings;
        this.slot = slot;
        loader = Applications.loader(settings.hosted().classPath());
    }

    @Override
    public void startApplication() throws StartFailed {
        Thread.currentThread().setContextClassLoader(loader);
        try {
            var made = WorkerClasses.make(settings.capacity().workerClass(), loader);
            workerClass = made;
            made.start(new Context(settings, slot, loader));
        } catch (Exception | LinkageError | StackOverflowError | AssertionError e) {
            throw new StartFailed(e);
        }
    }

    @Override
    public ClassLoader applicationLoader() {
        return loader;
    }

    @Override
    public boolean runsBeforeItOpens() {
        return false;
    }

    @Override
    public String explain() {
        return Explanation.threads();
    }

    @Override
    public void open() throws Exception {
        started().accept();
    }

    @Override
    public void run() throws Exception {
        started().await();
    }

    @Override
    public void drain() {
        Thread.currentThread().setContextClassLoader(loader);
        attempt(
                "drain",
                () -> {
                    started().drain();
                    return true;
                });
    }

    @Override
    public void close() {
        var made = workerClass;
        if (made != null) {
            attempt(
                    "stop",
                    () -> {
                        made.close();
                        return true;
                    });
        }
    }

    /// What goes wrong at the end must not keep the worker from ending; the master's patience is
    /// limited anyway.
    private static void attempt(String what, Callable<Boolean> step) {
        try {
            step.call();
        } catch (Exception | LinkageError e) {
            LOG.log(Level.WARNING, "the worker class failed to " + what, e);
        }
    }

    private WorkerClass started() {
        var made = workerClass;
        if (made == null) {
            throw new IllegalStateException("not started");
        }
        return made;
    }
}
