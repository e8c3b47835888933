package junicorn.bench;

import org.apache.catalina.connector.Connector;
import org.apache.catalina.startup.Tomcat;

/// Tomcat, embedded: its NIO connector, and servlets.
final class TomcatPeer {
    private TomcatPeer() {}

    public static void main(String[] arguments) throws Exception {
        var peer = Peer.of(arguments);
        var tomcat = new Tomcat();
        tomcat.setBaseDir(System.getProperty("java.io.tmpdir"));
        tomcat.setPort(peer.port());
        configure(tomcat.getConnector(), peer);
        var context = tomcat.addContext("", null);
        for (var served : peer.servlets()) {
            Tomcat.addServlet(context, served.servlet(), served.servlet());
            context.addServletMapping(served.path(), served.servlet());
        }
        tomcat.start();
        tomcat.getServer().await();
    }

    private static void configure(Connector connector, Peer peer) {
        connector.setProperty("address", "127.0.0.1");
        connector.setProperty("acceptCount", "" + Peer.BACKLOG);
        connector.setProperty("maxConnections", "" + Peer.CONNECTIONS_MAX);
        connector.setProperty("maxKeepAliveRequests", "-1");
        connector.setProperty("keepAliveTimeout", "" + Peer.IDLE_MILLIS);
        connector.setProperty("useVirtualThreads", "" + peer.virtual());
        peer.threads()
                .ifPresent(
                        threads -> {
                            connector.setProperty("maxThreads", "" + threads);
                            connector.setProperty("minSpareThreads", "" + threads);
                        });
    }
}
