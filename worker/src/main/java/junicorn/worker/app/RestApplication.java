package junicorn.worker.app;

import jakarta.servlet.Servlet;
import java.lang.reflect.InvocationTargetException;
import java.util.List;
import org.eclipse.jetty.ee11.servlet.ServletHolder;

/// Hosts a JAX-RS Application by the Jersey that lies on the application's own class path: all of
/// JAX-RS is named by name here, the worker has none.
final class RestApplication {
    private static final String CONFIG = "org.glassfish.jersey.server.ResourceConfig";
    private static final String CONTAINER = "org.glassfish.jersey.servlet.ServletContainer";
    private static final String APPLICATION = "jakarta.ws.rs.core.Application";
    private static final String PATH = "jakarta.ws.rs.ApplicationPath";

    private final Object application;
    private final ApplicationLoader loader;

    RestApplication(Object application, ApplicationLoader loader) {
        this.application = application;
        this.loader = loader;
    }

    void addTo(ServletApplication context) throws Exception {
        var holder = new ServletHolder(container());
        holder.setName(application.getClass().getName());
        holder.setAsyncSupported(true);
        holder.setInitOrder(0);
        new Declarations(context).map(holder, List.of(path()));
    }

    private Servlet container() throws Exception {
        try {
            var config =
                    loader.loadClass(CONFIG)
                            .getMethod("forApplication", loader.loadClass(APPLICATION))
                            .invoke(null, application);
            return (Servlet)
                    loader.loadClass(CONTAINER)
                            .getConstructor(loader.loadClass(CONFIG))
                            .newInstance(config);
        } catch (ClassNotFoundException e) {
            throw new NoApplication(
                    "%s is a JAX-RS Application, but Jersey's servlet container (jersey-container-servlet-core) is not on the class path: %s is missing"
                            .formatted(application.getClass().getName(), e.getMessage()));
        } catch (InvocationTargetException e) {
            throw e.getCause() instanceof Exception cause ? cause : e;
        }
    }

    /// As its `@ApplicationPath` says, else everything.
    private String path() throws ReflectiveOperationException {
        for (var annotation : application.getClass().getAnnotations()) {
            var type = annotation.annotationType();
            if (type.getName().equals(PATH)) {
                var value = (String) type.getMethod("value").invoke(annotation);
                var trimmed = value.replaceAll("^/+|/*\\*?$", "");
                return trimmed.isEmpty() ? "/*" : "/" + trimmed + "/*";
            }
        }
        return "/*";
    }
}
