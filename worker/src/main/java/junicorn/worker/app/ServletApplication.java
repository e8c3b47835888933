package junicorn.worker.app;

import jakarta.servlet.Filter;
import jakarta.servlet.Servlet;
import jakarta.servlet.ServletContainerInitializer;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.util.EventListener;
import java.util.List;
import junicorn.worker.log.Starting;
import junicorn.worker.log.SystemLoggerProvider;
import org.eclipse.jetty.ee11.servlet.ServletContextHandler;
import org.eclipse.jetty.ee11.servlet.ServletHandler;
import org.eclipse.jetty.ee11.websocket.jakarta.server.config.JakartaWebSocketServletContainerInitializer;
import org.eclipse.jetty.security.SecurityHandler;
import org.eclipse.jetty.server.Server;
import org.slf4j.LoggerFactory;

/// A web application made of single servlets, filters, listeners and initializers: sessions and
/// WebSocket as in a WAR, but no JSP, no static files, and nothing is looked for in the class path.
final class ServletApplication extends ServletContextHandler {
    private static final System.Logger LOG = System.getLogger(ServletApplication.class.getName());

    private final ApplicationLoader loader;
    private final WorkDirectory work;

    ServletApplication(
            List<Object> parts,
            ApplicationLoader loader,
            String contextPath,
            WorkDirectory work,
            Server server) {
        super(Declarations.anyGuards(parts) ? SESSIONS | SECURITY : SESSIONS);
        this.loader = loader;
        this.work = work;
        setServer(server);
        setContextPath(contextPath.isEmpty() ? "/" : contextPath);
        setClassLoader(loader);
        setTempDirectory(work.path().resolve("temp").toFile());
        setErrorHandler(new ErrorPages());
        setLogger(LoggerFactory.getLogger(SystemLoggerProvider.APPLICATION));
        getServletHandler().setDecodeAmbiguousURIs(true); // --uri-compliance has decided
        getSessionHandler().setHttpOnly(true);
        addServletContainerInitializer(new JakartaWebSocketServletContainerInitializer());
        parts.forEach(this::add);
        insertHandler(new NoTrace());
    }

    @Override
    protected ServletHandler newServletHandler() {
        return new ServletMatching();
    }

    @Override
    protected SecurityHandler newSecurityHandler() {
        return new ConstraintMatching();
    }

    private void add(Object part) {
        var declarations = new Declarations(this);
        if (part instanceof Servlet servlet) {
            declarations.servlet(servlet);
        }
        if (part instanceof Filter filter) {
            declarations.filter(filter);
        }
        if (part instanceof ServletContainerInitializer initializer) {
            addServletContainerInitializer(
                    initializer, HandledTypes.of(initializer.getClass(), loader));
        }
        if (Kind.isServletListener(part.getClass()) && part instanceof EventListener listener) {
            addEventListener(listener);
        }
    }

    @Override
    protected void startContext() throws Exception {
        WebSockets.prepare(this);
        super.startContext();
    }

    @Override
    protected void doStart() throws Exception {
        try {
            Starting.run(super::doStart);
            WebSockets.settle(this);
        } catch (Throwable e) {
            close();
            throw e;
        }
    }

    @Override
    protected void doStop() throws Exception {
        try {
            super.doStop();
        } finally {
            close();
        }
    }

    private void close() {
        try (work;
                loader) {
            LOG.log(Level.DEBUG, "the application is gone");
        } catch (IOException e) {
            LOG.log(Level.WARNING, () -> "cannot clean up path=" + work.path(), e);
        }
    }
}
