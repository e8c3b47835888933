package junicorn.worker.http;

import java.net.SocketAddress;
import java.time.Duration;
import java.util.concurrent.Executor;
import junicorn.worker.poll.PolledSocket;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.io.EofException;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/// What Jetty may ask about a socket and remember of it. A base class for the reason that
/// [ConnectionFacts] is one.
abstract class SocketFacts implements EndPoint {
    final PolledSocket socket;
    final HttpFront front;
    volatile @Nullable Connection connection;
    volatile long idleTimeoutMillis;
    /// Requests so far, the current one included; its owner's.
    long requests;

    private @Nullable SocketAddress remote;
    private @Nullable SocketAddress local;
    private final long createdMillis = System.currentTimeMillis();

    SocketFacts(PolledSocket socket, HttpFront front) {
        this.socket = socket;
        this.front = front;
    }

    /// Runs what may call the application.
    Executor executor() {
        return front.connector().getExecutor();
    }

    /// True if a read would find bytes, or the end of input.
    boolean isReadable() {
        return socket.await(PolledSocket.READ, Duration.ZERO);
    }

    PolledSocket socket() {
        return socket;
    }

    @Override
    public void onOpen() {}

    @Override
    public void onClose(@Nullable Throwable cause) {}

    @Override
    public @Nullable SocketAddress getLocalSocketAddress() {
        return local == null ? socket.localAddress().orElse(null) : local;
    }

    /// It has no addresses of its own; these are to be seen.
    void pretend(SocketAddress newLocal, SocketAddress newRemote) {
        local = newLocal;
        remote = newRemote;
    }

    /// The peer; still known when it has gone, if anybody asked before.
    @Override
    public @Nullable SocketAddress getRemoteSocketAddress() {
        if (remote == null) {
            remote = socket.peerAddress().orElse(null);
        }
        return remote;
    }

    @Override
    public long getCreatedTimeStamp() {
        return createdMillis;
    }

    @Override
    public Object getTransport() {
        return socket;
    }

    @Override
    public long getIdleTimeout() {
        return idleTimeoutMillis;
    }

    @Override
    public void setIdleTimeout(long millis) {
        idleTimeoutMillis = millis;
    }

    @Override
    public @Nullable Connection getConnection() {
        return connection;
    }

    @Override
    public void setConnection(Connection newConnection) {
        connection = newConnection;
    }

    /// Nearly always nothing is pending, and an exception costs more than many an answer.
    static void fail(@Nullable Callback pending, @Nullable Throwable cause) {
        if (pending != null) {
            pending.failed(cause == null ? new EofException("closed") : cause);
        }
    }

    @Override
    public String toString() {
        return "end point of " + socket;
    }
}
