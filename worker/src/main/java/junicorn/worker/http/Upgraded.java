package junicorn.worker.http;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import junicorn.worker.poll.PolledSocket;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.websocket.core.CloseStatus;
import org.eclipse.jetty.websocket.core.Frame;
import org.eclipse.jetty.websocket.core.OpCode;
import org.eclipse.jetty.websocket.core.OutgoingEntry;
import org.eclipse.jetty.websocket.core.WebSocketConnection;

/// A connection after its upgrade: how long it may be silent, and how it ends. WebSocket is the one
/// protocol that we know enough of to ask whether the peer still lives and to say goodbye (RFC
/// 6455, sections 5.5.2 and 7.4.1).
///
/// The goodbye is a CLOSE frame of ours and not Jetty's way of closing with 1001, which closes the
/// connection at once: what is on its way to us would be answered with RST, and that could destroy
/// the CLOSE frame. Here the peer answers, and then Jetty closes and tells the application.
final class Upgraded {
    /// After so much silence the peer is asked whether it is there, unless the application has set
    /// an idle timeout of its own.
    static final Duration SILENCE = Duration.ofSeconds(30);

    /// How long the peer may take to answer that.
    static final Duration ANSWER = Duration.ofSeconds(20);

    /// How long the peer may take to answer a CLOSE.
    static final Duration FAREWELL = Duration.ofSeconds(2);

    private final SocketEndPoint wire;
    private final Connection connection;
    private final Connector connector;
    private final AtomicBoolean leaving = new AtomicBoolean();
    private volatile boolean asked;

    Upgraded(SocketEndPoint wire, Connection connection, Connector connector) {
        this.wire = wire;
        this.connection = connection;
        this.connector = connector;
    }

    /// Something came.
    void heard() {
        asked = false;
    }

    /// From now on it may be silent for a while.
    void rests() {
        long idle = TimeUnit.MILLISECONDS.toNanos(wire.getIdleTimeout());
        if (idle <= 0) {
            idle = connection instanceof WebSocketConnection ? patience().toNanos() : 0;
        }
        wire.socket().deadline(idle > 0 ? System.nanoTime() + idle : PolledSocket.NEVER);
    }

    private Duration patience() {
        return asked ? ANSWER : SILENCE;
    }

    /// It was silent for too long; the socket is not armed now.
    void silent() {
        boolean asks = mayAsk();
        if (!asks && !goesOn()) {
            wire.close(new TimeoutException("the peer was silent for too long"));
            return;
        }
        asked = asked || asks;
        rests();
        wire.rearm();
        if (asks && connection instanceof WebSocketConnection webSocket) {
            send(webSocket, new Frame(OpCode.PING)); // last: the answer finds the socket armed
        }
        if (wire.socket().poll().draining()) {
            leave();
        }
    }

    private boolean mayAsk() {
        return wire.getIdleTimeout() <= 0 && !asked && connection instanceof WebSocketConnection;
    }

    private boolean goesOn() {
        if (wire.getIdleTimeout() <= 0) {
            return false;
        }
        var timeout = new TimeoutException("idle timeout");
        if (!connection.onIdleExpired(timeout)) {
            return true;
        }
        // now a WebSocket has sent its CLOSE
        return connection instanceof WebSocketConnection && endSoon();
    }

    /// The worker drains: says so, and closes soon, whatever the peer answers.
    void leave() {
        if (!(connection instanceof WebSocketConnection webSocket)) {
            connector.getExecutor().execute(connection::close);
        } else if (endSoon()) {
            send(webSocket, new CloseStatus(CloseStatus.SHUTDOWN, "the server stops").toFrame());
        }
    }

    /// False if that was said before.
    private boolean endSoon() {
        if (!leaving.compareAndSet(false, true)) {
            return false;
        }
        var unused =
                connector
                        .getScheduler()
                        .schedule(
                                () -> connector.getExecutor().execute(this::end),
                                FAREWELL.toMillis(),
                                TimeUnit.MILLISECONDS);
        return true;
    }

    private void end() {
        wire.close(new TimeoutException("the peer did not answer a CLOSE"));
    }

    private static void send(WebSocketConnection webSocket, Frame frame) {
        webSocket.enqueueFrame(new OutgoingEntry.Builder(frame, Callback.NOOP).build());
    }
}
