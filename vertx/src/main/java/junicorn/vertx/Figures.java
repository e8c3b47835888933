package junicorn.vertx;

import io.vertx.core.http.HttpServerConfig;
import io.vertx.core.net.SocketAddress;
import io.vertx.core.spi.metrics.HttpServerMetrics;
import io.vertx.core.spi.metrics.VertxMetrics;
import io.vertx.core.spi.observability.HttpRequest;
import io.vertx.core.spi.observability.HttpResponse;
import java.util.concurrent.atomic.AtomicBoolean;
import junicorn.api.WorkerContext;

/// The requests of all HTTP servers of the application, told to the server we run in. Vert.x tells
/// them to whoever measures it, so no handler of the application is wrapped.
final class Figures implements VertxMetrics {
    private final WorkerContext context;

    Figures(WorkerContext context) {
        this.context = context;
    }

    @Override
    public HttpServerMetrics<?, ?> createHttpServerMetrics(
            HttpServerConfig config, SocketAddress tcp, SocketAddress udp) {
        return new Requests(context);
    }

    /// The metric of a request is whether it still runs.
    private record Requests(WorkerContext context)
            implements HttpServerMetrics<AtomicBoolean, Object> {
        @Override
        public AtomicBoolean requestBegin(SocketAddress remote, HttpRequest request) {
            context.requestBegan();
            return new AtomicBoolean(true);
        }

        @Override
        public void responseEnd(AtomicBoolean runs, HttpResponse response, long bytesWritten) {
            end(runs);
        }

        @Override
        public void requestReset(AtomicBoolean runs) {
            end(runs);
        }

        @Override
        public void requestUpgraded(AtomicBoolean runs) {
            end(runs);
        }

        private void end(AtomicBoolean runs) {
            if (runs.getAndSet(false)) {
                context.requestEnded();
            }
        }
    }
}
