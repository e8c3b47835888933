package junicorn.worker.app;

import com.sun.net.httpserver.Authenticator;
import com.sun.net.httpserver.Filter;
import com.sun.net.httpserver.HttpContext;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/// The one context of the one handler. There is no HttpServer behind it, and nobody to
/// authenticate.
final class ExchangeContext extends HttpContext {
    private final HttpHandler handler;
    private final String path;
    private final Map<String, Object> attributes = new ConcurrentHashMap<>();
    private final List<Filter> filters = new CopyOnWriteArrayList<>();

    ExchangeContext(HttpHandler handler, String path) {
        this.handler = handler;
        this.path = path;
    }

    @Override
    public HttpHandler getHandler() {
        return handler;
    }

    @Override
    public void setHandler(HttpHandler other) {
        throw new IllegalArgumentException("there is a handler already");
    }

    @Override
    public String getPath() {
        return path;
    }

    @Override
    public HttpServer getServer() {
        throw new UnsupportedOperationException("Junicorn serves this handler, no HttpServer does");
    }

    @Override
    public Map<String, Object> getAttributes() {
        return attributes;
    }

    @Override
    public List<Filter> getFilters() {
        return filters;
    }

    @Override
    public @Nullable Authenticator setAuthenticator(Authenticator authenticator) {
        throw new UnsupportedOperationException("authenticate in the handler, or in front of it");
    }

    @Override
    public @Nullable Authenticator getAuthenticator() {
        return null;
    }
}
