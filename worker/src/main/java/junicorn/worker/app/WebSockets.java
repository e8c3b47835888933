package junicorn.worker.app;

import org.eclipse.jetty.ee11.servlet.ServletContextHandler;
import org.eclipse.jetty.ee11.servlet.ServletHandler;
import org.eclipse.jetty.ee11.websocket.servlet.WebSocketUpgradeFilter;
import org.eclipse.jetty.http.pathmap.PathSpec;
import org.eclipse.jetty.websocket.core.Configuration;
import org.eclipse.jetty.websocket.core.WebSocketComponents;
import org.eclipse.jetty.websocket.core.server.FrameHandlerFactory;
import org.eclipse.jetty.websocket.core.server.WebSocketCreator;
import org.eclipse.jetty.websocket.core.server.WebSocketMappings;
import org.eclipse.jetty.websocket.core.server.WebSocketNegotiator;
import org.eclipse.jetty.websocket.core.server.WebSocketServerComponents;

/// Takes WebSocket's cost away from applications without an endpoint: Jetty puts its upgrade filter
/// in front of every request of every application.
///
/// To know whether there is an endpoint, it takes the place of Jetty's mappings, which do not tell.
final class WebSockets extends WebSocketMappings {
    private boolean used;

    private WebSockets(WebSocketComponents components) {
        super(components);
    }

    /// Call this before the context's listeners and initializers run.
    static void prepare(ServletContextHandler context) {
        var components =
                WebSocketServerComponents.ensureWebSocketComponents(context.getServer(), context);
        var mappings = new WebSockets(components);
        context.setAttribute(WEBSOCKET_MAPPING_ATTRIBUTE, mappings);
        context.addBean(mappings);
    }

    /// Call this after the start: from then on no endpoint can be added.
    static void settle(ServletContextHandler context) {
        if (getMappings(context) instanceof WebSockets mappings && !mappings.used) {
            var servlets = context.getServletHandler();
            var filter = WebSocketUpgradeFilter.getFilter(context.getServletContext());
            dropMappings(servlets, filter.getName());
            servlets.removeFilterHolder(filter);
        } else {
            Farewells.watch(context);
        }
    }

    @Override
    public void addMapping(
            PathSpec path,
            WebSocketCreator creator,
            FrameHandlerFactory factory,
            Configuration.Customizer customizer) {
        used = true;
        super.addMapping(path, creator, factory, customizer);
    }

    @Override
    public void addMapping(PathSpec path, WebSocketNegotiator negotiator) {
        used = true;
        super.addMapping(path, negotiator);
    }

    private static void dropMappings(ServletHandler servlets, String filterName) {
        for (var mapping : servlets.getFilterMappings()) {
            if (mapping.getFilterName().equals(filterName)) {
                servlets.removeFilterMapping(mapping);
            }
        }
    }
}
