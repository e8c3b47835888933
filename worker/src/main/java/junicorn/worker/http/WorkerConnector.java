package junicorn.worker.http;

import org.eclipse.jetty.server.AbstractConnector;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.jspecify.annotations.Nullable;

/// The connector that Jetty's server sees. It opens nothing and accepts nothing: connections come
/// from the poll by way of [HttpFront]. What is left is where a request finds its server, executor,
/// scheduler and buffers.
public final class WorkerConnector extends AbstractConnector implements Connector {
    /// @param configuration also for code that looks for Jetty's HttpConnectionFactory to learn the
    /// configuration
    public WorkerConnector(Server server, HttpConfiguration configuration) {
        super(server, null, null, null, 0, new HttpConnectionFactory(configuration));
    }

    @Override
    protected void accept(int acceptor) {
        throw new UnsupportedOperationException("this connector has no acceptors");
    }

    @Override
    public @Nullable Object getTransport() {
        return null;
    }
}
