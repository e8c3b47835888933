package junicorn.worker.app;

import java.io.IOException;
import java.lang.System.Logger.Level;
import junicorn.worker.log.Starting;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/// An application that is a handler: called with its own class loader as the thread's, which is
/// shut when the application stops.
final class HostedHandler extends Handler.Wrapper {
    private static final System.Logger LOG = System.getLogger(HostedHandler.class.getName());

    private final ApplicationLoader loader;

    HostedHandler(Handler application, ApplicationLoader loader) {
        super(application);
        this.loader = loader;
    }

    ApplicationLoader loader() {
        return loader;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        var thread = Thread.currentThread();
        var before = thread.getContextClassLoader();
        thread.setContextClassLoader(loader);
        try {
            return getHandler().handle(request, response, callback);
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    @Override
    protected void doStart() throws Exception {
        loader.call(
                () -> {
                    Starting.run(super::doStart);
                    return true;
                });
    }

    @Override
    protected void doStop() throws Exception {
        try {
            super.doStop();
        } finally {
            close(loader);
        }
    }

    private static void close(ApplicationLoader loader) {
        try {
            loader.close();
        } catch (IOException e) {
            LOG.log(Level.WARNING, "cannot close the application's class path", e);
        }
    }
}
