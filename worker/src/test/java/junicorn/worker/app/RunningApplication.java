package junicorn.worker.app;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.LocalConnector;
import org.eclipse.jetty.server.Server;

/// An application on a server without a socket: requests and answers are text.
final class RunningApplication implements AutoCloseable {
    private final Server server = new Server();
    private final LocalConnector connector =
            new LocalConnector(server, new HttpConnectionFactory(Applications.httpConfiguration()));

    private RunningApplication(Path work) {
        server.setTempDirectory(work.toFile());
        server.addConnector(connector);
    }

    /// `work` is where work directories go.
    static RunningApplication start(Path war, String contextPath, Path work) throws Exception {
        return start(war.toString(), List.of(), contextPath, work);
    }

    /// A class on a class path.
    static RunningApplication start(
            String application, List<Path> classPath, String contextPath, Path work)
            throws Exception {
        var running = new RunningApplication(work);
        try {
            running.server.setHandler(
                    Applications.load(application, classPath, contextPath, running.server));
            running.server.start();
            return running;
        } catch (Exception | Error e) {
            running.close();
            throw e;
        }
    }

    static RunningApplication start(TestWar war, Path work) throws Exception {
        return start(war.packed(), "/", work);
    }

    String get(String path, String... headers) throws Exception {
        return request("GET " + path + " HTTP/1.1", "", headers);
    }

    String request(String requestLine, String body, String... headers) throws Exception {
        var text = new StringBuilder(requestLine).append("\r\nHost: test\r\n");
        for (var header : headers) {
            text.append(header).append("\r\n");
        }
        if (!body.isEmpty()) {
            text.append("Content-Length: ").append(body.length()).append("\r\n");
        }
        return connector.getResponse(text.append("Connection: close\r\n\r\n") + body);
    }

    static String body(String response) {
        return response.substring(response.indexOf("\r\n\r\n") + 4);
    }

    @Override
    public void close() throws IOException {
        try {
            server.stop();
        } catch (Exception e) {
            throw new IOException("the server did not stop", e);
        }
    }
}
