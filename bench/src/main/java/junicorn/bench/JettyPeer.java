package junicorn.bench;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.eclipse.jetty.ee11.servlet.ServletContextHandler;
import org.eclipse.jetty.server.Server;

/// Jetty, embedded, with Jetty's own defaults, and one servlet.
final class JettyPeer {
    private JettyPeer() {}

    /// @param arguments port, class of the servlet, its path
    public static void main(String[] arguments) throws Exception {
        int port = Integer.parseInt(arguments[0]);
        var context = new ServletContextHandler("/");
        context.addServlet(arguments[1], arguments[2]);
        var server = new Server(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        server.setHandler(context);
        server.start();
        server.join();
    }
}
