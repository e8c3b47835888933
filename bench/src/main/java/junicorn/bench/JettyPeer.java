package junicorn.bench;

import java.util.concurrent.Executors;
import org.eclipse.jetty.ee11.servlet.ServletContextHandler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/// Jetty, embedded: one selector, and servlets.
final class JettyPeer {
    /// An acceptor and a selector hold a thread each of the pool; what is left runs requests.
    private static final int ACCEPTOR_AND_SELECTOR = 2;

    private JettyPeer() {}

    public static void main(String[] arguments) throws Exception {
        var peer = Peer.of(arguments);
        var context = new ServletContextHandler("/");
        for (var served : peer.servlets()) {
            context.addServlet(served.servlet(), served.path());
        }
        var server = server(peer);
        server.setHandler(context);
        server.start();
        server.join();
    }

    static Server server(Peer peer) {
        var threads = new QueuedThreadPool();
        if (peer.virtual()) {
            threads.setVirtualThreadsExecutor(Executors.newVirtualThreadPerTaskExecutor());
        }
        peer.threads()
                .ifPresent(
                        count -> {
                            threads.setMaxThreads(count + ACCEPTOR_AND_SELECTOR);
                            threads.setMinThreads(count + ACCEPTOR_AND_SELECTOR);
                            threads.setReservedThreads(0);
                        });
        var http = new HttpConfiguration();
        http.setSendServerVersion(false);
        var server = new Server(threads);
        var connector = new ServerConnector(server, 1, 1, new HttpConnectionFactory(http));
        connector.setHost("127.0.0.1");
        connector.setPort(peer.port());
        connector.setAcceptQueueSize(Peer.BACKLOG);
        connector.setIdleTimeout(Peer.IDLE_MILLIS);
        server.addConnector(connector);
        return server;
    }
}
