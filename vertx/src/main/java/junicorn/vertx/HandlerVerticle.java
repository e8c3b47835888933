package junicorn.vertx;

import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.VerticleBase;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.SocketAddress;
import java.net.InetSocketAddress;
import java.net.UnixDomainSocketAddress;
import java.util.List;
import junicorn.api.Listener;

/// Serves the application's handler on every listener, in one event loop.
final class HandlerVerticle extends VerticleBase {
    private final Handler<HttpServerRequest> handler;
    private final List<Listener> listeners;

    HandlerVerticle(Handler<HttpServerRequest> handler, List<Listener> listeners) {
        this.handler = handler;
        this.listeners = listeners;
    }

    @Override
    public Future<?> start() {
        return Future.all(listeners.stream().map(this::listen).toList());
    }

    private Future<?> listen(Listener listener) {
        return vertx.createHttpServer().requestHandler(handler).listen(address(listener));
    }

    private static SocketAddress address(Listener listener) {
        return switch (listener.address()) {
            case InetSocketAddress inet -> SocketAddress.inetSocketAddress(inet);
            case UnixDomainSocketAddress unix ->
                    SocketAddress.domainSocketAddress(unix.getPath().toString());
            default -> throw new IllegalArgumentException("not served: " + listener);
        };
    }
}
