package junicorn.bench;

import org.apache.catalina.startup.Tomcat;

/// Tomcat, embedded, with Tomcat's own defaults, and one servlet.
final class TomcatPeer {
    private TomcatPeer() {}

    /// @param arguments port, class of the servlet, its path, a directory for Tomcat's files
    public static void main(String[] arguments) throws Exception {
        var tomcat = new Tomcat();
        tomcat.setBaseDir(arguments[3]);
        tomcat.setPort(Integer.parseInt(arguments[0]));
        tomcat.getConnector().setProperty("address", "127.0.0.1");
        var context = tomcat.addContext("", null);
        Tomcat.addServlet(context, "peer", arguments[1]);
        context.addServletMapping(arguments[2], "peer");
        tomcat.start();
        tomcat.getServer().await();
    }
}
