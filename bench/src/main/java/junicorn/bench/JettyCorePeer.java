package junicorn.bench;

import java.nio.ByteBuffer;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/// Jetty without servlets: a handler that says that it never blocks, so the selector's thread runs
/// it.
final class JettyCorePeer {
    private JettyCorePeer() {}

    public static void main(String[] arguments) throws Exception {
        var server = JettyPeer.server(Peer.of(arguments));
        server.setHandler(new Hello());
        server.start();
        server.join();
    }

    private static final class Hello extends Handler.Abstract.NonBlocking {
        @Override
        public boolean handle(Request request, Response response, Callback callback) {
            response.setStatus(HttpStatus.OK_200);
            response.getHeaders().put(HttpHeader.CONTENT_TYPE, "text/plain");
            response.getHeaders().put(HttpHeader.CONTENT_LENGTH, Answers.HELLO.length);
            response.write(true, ByteBuffer.wrap(Answers.HELLO), callback);
            return true;
        }
    }
}
