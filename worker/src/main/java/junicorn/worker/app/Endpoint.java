package junicorn.worker.app;

import jakarta.servlet.ServletContainerInitializer;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import jakarta.websocket.DeploymentException;
import jakarta.websocket.server.ServerContainer;
import java.util.Set;

/// Adds a class that is annotated `@ServerEndpoint` to a web application. Only the class: each
/// WebSocket has an instance of its own.
record Endpoint(Class<?> type) implements ServletContainerInitializer {
    private static final String CONTAINER = ServerContainer.class.getName();

    /// Comes after Jetty's own initializer, which makes the container.
    @Override
    public void onStartup(Set<Class<?>> types, ServletContext context) throws ServletException {
        try {
            ((ServerContainer) context.getAttribute(CONTAINER)).addEndpoint(type);
        } catch (DeploymentException e) {
            throw new ServletException(type.getName() + " cannot be a WebSocket endpoint", e);
        }
    }
}
