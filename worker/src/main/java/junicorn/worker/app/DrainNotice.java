package junicorn.worker.app;

import org.eclipse.jetty.ee11.servlet.ServletContextHandler;
import org.eclipse.jetty.server.Server;

/// Tells applications that their worker serves its last requests, in the words of the servlet API:
/// an attribute of the context, and so an event for its `ServletContextAttributeListener`s. An
/// application that streams for ever can end its streams then; `contextDestroyed` comes when they
/// have ended, which is too late for that.
public final class DrainNotice {
    /// Its value is [Boolean#TRUE].
    static final String ATTRIBUTE = "junicorn.draining";

    private DrainNotice() {}

    /// Does not wait for the listeners, nor for what they wait for.
    public static void tell(Server server) {
        for (var context : server.getDescendants(ServletContextHandler.class)) {
            server.getThreadPool().execute(() -> tell(context));
        }
    }

    private static void tell(ServletContextHandler context) {
        var servletContext = context.getServletContext();
        context.getContext().run(() -> servletContext.setAttribute(ATTRIBUTE, true));
    }
}
