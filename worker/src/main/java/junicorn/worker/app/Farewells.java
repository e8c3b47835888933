package junicorn.worker.app;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.ee11.servlet.ServletContextHandler;
import org.eclipse.jetty.ee11.websocket.jakarta.common.JakartaWebSocketSession;
import org.eclipse.jetty.ee11.websocket.jakarta.common.JakartaWebSocketSessionListener;
import org.eclipse.jetty.ee11.websocket.jakarta.server.JakartaWebSocketServerContainer;
import org.eclipse.jetty.server.Server;

/// Lets an application's `onClose` end before the application is stopped. Jetty calls it when the
/// connection is gone already, and nobody counts what is not connected. A session that Jetty still
/// knows when its server stops is closed once more, and its application is told of an error that
/// none has made.
public final class Farewells implements JakartaWebSocketSessionListener {
    private static final Duration AT_MOST = Duration.ofSeconds(5);

    private static final String ATTRIBUTE = Farewells.class.getName();

    private final JakartaWebSocketServerContainer container;

    private Farewells(JakartaWebSocketServerContainer container) {
        this.container = container;
    }

    /// Call this after the context's start, and before anybody is served.
    static void watch(ServletContextHandler context) {
        var container = JakartaWebSocketServerContainer.getContainer(context.getServletContext());
        if (container != null) {
            var farewells = new Farewells(container);
            container.addSessionListener(farewells); // behind Jetty's own, which forgets sessions
            context.setAttribute(ATTRIBUTE, farewells);
        }
    }

    /// Waits until no application knows a session any more, for a few seconds at most. Call this
    /// when the last connection is gone, and before the server is stopped.
    public static void await(Server server) throws InterruptedException {
        long deadline = System.nanoTime() + AT_MOST.toNanos();
        for (var context : server.getDescendants(ServletContextHandler.class)) {
            if (context.getAttribute(ATTRIBUTE) instanceof Farewells farewells) {
                farewells.awaitUntil(deadline);
            }
        }
    }

    private synchronized void awaitUntil(long deadline) throws InterruptedException {
        long left = deadline - System.nanoTime();
        while (left > 0 && !container.getOpenSessions().isEmpty()) {
            TimeUnit.NANOSECONDS.timedWait(this, left);
            left = deadline - System.nanoTime();
        }
    }

    @Override
    public synchronized void onJakartaWebSocketSessionClosed(JakartaWebSocketSession session) {
        notifyAll();
    }
}
