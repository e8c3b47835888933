package junicorn.worker.app;

import com.sun.net.httpserver.HttpHandler;
import java.nio.file.Path;
import java.util.List;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.handler.ContextHandler;

/// An application that is named by a class of its class path: see [Kind] for what it may be.
final class ClassApplication {
    private final ApplicationLoader loader;
    private final String contextPath;
    private final Server server;

    private ClassApplication(ApplicationLoader loader, String contextPath, Server server) {
        this.loader = loader;
        this.contextPath = contextPath;
        this.server = server;
    }

    /// Makes the application's objects; they are started with the server.
    static Handler load(String application, List<Path> classPath, String contextPath, Server server)
            throws Exception {
        var names = NamedClass.parse(application);
        var loader =
                new ApplicationLoader(
                        classPath,
                        Visibility.forClasses(),
                        ClassApplication.class.getClassLoader());
        try {
            var hosted = new ClassApplication(loader, contextPath, server);
            return loader.call(() -> hosted.handler(new ApplicationParts(loader).make(names)));
        } catch (Exception | Error e) {
            loader.close();
            throw e;
        }
    }

    private Handler handler(List<Object> parts) throws Exception {
        var kinds = parts.stream().map(ClassApplication::kind).toList();
        if (kinds.stream().allMatch(Kind::isServletKind)) {
            return servlets(parts);
        }
        if (parts.size() > 1) {
            throw new NoApplication(
                    "several parts make one application only if each is a Servlet, a Filter, a servlet listener, a ServletContainerInitializer, a class with @ServerEndpoint or a JAX-RS Application, but there are "
                            + parts.stream().map(part -> part.getClass().getName()).toList());
        }
        var handler = handler(parts.getFirst());
        return new HostedHandler(
                contextPath.length() <= 1 ? handler : new ContextHandler(handler, contextPath),
                loader);
    }

    private static Kind kind(Object part) {
        return Kind.of(part.getClass()).orElseThrow();
    }

    private Handler handler(Object part) throws NoApplication {
        return switch (part) {
            case Server _ ->
                    throw new NoApplication(
                            part.getClass().getName()
                                    + " is a Server of its own, with its own listeners: return its handler instead");
            case Handler handler -> handler;
            case junicorn.api.HttpHandler handler -> new ApiHandler(handler);
            case HttpHandler handler -> new ExchangeHandler(handler, contextPath);
            default -> throw new IllegalStateException("no handler: " + part);
        };
    }

    private Handler servlets(List<Object> parts) throws Exception {
        Applications.nameSessions(server);
        var work = WorkDirectory.claim(server.getContext().getTempDirectory().toPath());
        try {
            var context = new ServletApplication(parts, loader, contextPath, work, server);
            for (var part : parts) {
                if (kind(part) == Kind.REST) {
                    new RestApplication(part, loader).addTo(context);
                }
            }
            return context;
        } catch (Exception | Error e) {
            work.close();
            throw e;
        }
    }
}
