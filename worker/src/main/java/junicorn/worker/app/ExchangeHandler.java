package junicorn.worker.app;

import com.sun.net.httpserver.Filter;
import com.sun.net.httpserver.HttpHandler;
import java.net.URI;
import java.net.URISyntaxException;
import junicorn.worker.path.DecodedPath;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.StringUtil;

/// Hosts a handler written for the JDK's own HTTP server.
///
/// As there, the exchange may be answered after the handler has returned, by any thread. Kinder
/// than there, a handler that throws before it answers gets its client a 500, and not a broken
/// connection.
final class ExchangeHandler extends Handler.Abstract {
    private final ExchangeContext context;

    ExchangeHandler(HttpHandler application, String contextPath) {
        context = new ExchangeContext(application, contextPath.isEmpty() ? "/" : contextPath);
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        URI uri;
        try {
            uri = uri(StringUtil.nonNull(request.getHttpURI().getPathQuery()));
        } catch (URISyntaxException _) {
            Response.writeError(request, response, callback, HttpStatus.BAD_REQUEST_400);
            return true;
        }
        var exchange = new JdkExchange(context, uri, request, response, callback);
        try {
            new Filter.Chain(context.getFilters(), context.getHandler()).doFilter(exchange);
            exchange.returned();
        } catch (Throwable e) {
            exchange.failed(e);
        }
        return true;
    }

    /// Without doubled slashes: a handler has no other path to go by than this, and a URI would
    /// take what follows the first ones for a host.
    static URI uri(String target) throws URISyntaxException {
        int query = target.indexOf('?');
        int end = query < 0 ? target.length() : query;
        return new URI(DecodedPath.merged(target.substring(0, end)) + target.substring(end));
    }
}
