package junicorn.worker.http;

import java.net.InetSocketAddress;
import java.util.concurrent.Executor;
import org.eclipse.jetty.server.HttpChannel;

/// What is done to a request that takes too long; [RequestWatch] says when. Whoever calls holds the
/// exchange, so the connection goes on to nothing meanwhile.
final class CutOff {
    /// Of a request: the status that was sent, by us and not by the application.
    private static final String ANSWERED_INSTEAD = "junicorn.answeredInstead";

    private final Http1Connection connection;
    private final Exchange exchange;
    private final Outbound outbound;
    private final HttpChannel channel;

    CutOff(Http1Connection connection, Exchange exchange, Outbound outbound, HttpChannel channel) {
        this.connection = connection;
        this.exchange = exchange;
        this.outbound = outbound;
        this.channel = channel;
    }

    /// What the access log is to say.
    void logsAs(int status) {
        var request = channel.getRequest();
        if (request != null) {
            request.setAttribute(ANSWERED_INSTEAD, status);
        }
    }

    /// Answers for the application, which has not begun to, and ends the connection.
    void answerInstead(int status) {
        outbound.refuse(status, "the request took too long");
        Linger.over(connection.wire().leave());
        exchange.giveUp();
    }

    /// Breaks off an answer that has begun: the client must not take it for whole.
    void breakOff() {
        connection.wire().socket().close();
    }

    /// Tells the application that its request has failed, and what it waits for will not come.
    void fail(Throwable cause, boolean answered) {
        if (!answered) {
            outbound.cancel(cause);
            exchange.giveUp();
        }
        var task = channel.onFailure(cause);
        if (task != null) {
            task.run();
        }
    }

    /// For [#fail]: the application's listeners may block.
    Executor executor() {
        return connection.getConnector().getExecutor();
    }

    String requestLine() {
        return connection.requestLine();
    }

    String client() {
        return connection.getRemoteSocketAddress() instanceof InetSocketAddress address
                ? address.getAddress().getHostAddress() + ":" + address.getPort()
                : "-";
    }
}
