package junicorn.bench;

import io.undertow.Undertow;
import io.undertow.UndertowOptions;
import io.undertow.servlet.Servlets;
import jakarta.servlet.Servlet;
import org.xnio.Options;

/// Undertow's servlet container: one I/O thread, and as many workers as it is told.
final class UndertowPeer {
    private UndertowPeer() {}

    public static void main(String[] arguments) throws Exception {
        var peer = Peer.of(arguments);
        var application =
                Servlets.deployment()
                        .setClassLoader(UndertowPeer.class.getClassLoader())
                        .setContextPath("/")
                        .setDeploymentName("peer");
        for (var served : peer.servlets()) {
            var servlet = Class.forName(served.servlet()).asSubclass(Servlet.class);
            application.addServlet(
                    Servlets.servlet(served.servlet(), servlet).addMapping(served.path()));
        }
        var deployment = Servlets.defaultContainer().addDeployment(application);
        deployment.deploy();
        var server =
                Undertow.builder()
                        .addHttpListener(peer.port(), "127.0.0.1")
                        .setIoThreads(1)
                        .setSocketOption(Options.BACKLOG, Peer.BACKLOG)
                        .setServerOption(UndertowOptions.ALWAYS_SET_KEEP_ALIVE, false)
                        .setHandler(deployment.start());
        peer.threads().ifPresent(server::setWorkerThreads);
        server.build().start();
    }
}
