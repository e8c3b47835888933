package junicorn.worker.http;

import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.util.EventListener;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.ConnectionMetaData;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.util.Attributes;
import org.eclipse.jetty.util.HostPort;
import org.jspecify.annotations.Nullable;

/// What Jetty and the application may ask about a connection. A base class and not a part, for
/// Jetty wants one object that is the connection, its meta data and its attributes, and asks it
/// these things by the dozen.
abstract class ConnectionFacts extends Attributes.Lazy
        implements Connection, ConnectionMetaData, Connection.UpgradeFrom {
    private static final HostPort LOCALHOST = new HostPort("localhost");

    final HttpFront front;
    final Inbound inbound;

    /// Bytes come from and go here.
    SocketEndPoint wire;

    ConnectionFacts(HttpFront front, SocketEndPoint wire) {
        this.front = front;
        this.wire = wire;
        inbound = new Inbound(front.buffers(), front.settings(), front.uris());
    }

    SocketEndPoint wire() {
        return wire;
    }

    abstract Exchange exchange();

    /// The request that the application has, for people; empty if there is none. On any thread, so
    /// it may be out of date by a moment.
    String words(long now) {
        var holds = exchange().holds();
        var age = (now - inbound.beginNanoTime()) / 1_000_000;
        return holds.isOpen()
                ? "request %s age=%dms%n%s"
                        .formatted(requestLine(), age, ThreadReport.of(holds.handler()))
                : "";
    }

    @Override
    public boolean isPersistent() {
        return exchange().isPersistent();
    }

    boolean toHead() {
        return inbound.reader().isHead();
    }

    String requestLine() {
        return inbound.reader().requestLine();
    }

    /// Knows nothing any more, for the next connection.
    void forget() {
        clearAttributes();
    }

    @Override
    public EndPoint getEndPoint() {
        return wire();
    }

    @Override
    public Connection getConnection() {
        return this;
    }

    @Override
    public Connector getConnector() {
        return front.connector();
    }

    @Override
    public HttpConfiguration getHttpConfiguration() {
        return front.configuration();
    }

    @Override
    public HttpVersion getHttpVersion() {
        return inbound.reader().version();
    }

    /// What came behind a request that asked for another protocol is that protocol's.
    @Override
    public ByteBuffer onUpgradeFrom() {
        return inbound.rest();
    }

    @Override
    public void onOpen() {}

    @Override
    public String getProtocol() {
        return getHttpVersion().asString();
    }

    @Override
    public @Nullable SocketAddress getRemoteSocketAddress() {
        return wire.getRemoteSocketAddress();
    }

    @Override
    public @Nullable SocketAddress getLocalSocketAddress() {
        return wire.getLocalSocketAddress();
    }

    /// Whom a request without Host was sent to. A Unix-domain socket has no name that a URI could
    /// carry.
    @Override
    public HostPort getServerAuthority() {
        return getLocalSocketAddress() instanceof InetSocketAddress address
                ? new HostPort(address.getHostString(), address.getPort())
                : LOCALHOST;
    }

    @Override
    public String getId() {
        return wire.socket().toString();
    }

    @Override
    public long getMessagesIn() {
        return wire.requests;
    }

    @Override
    public long getMessagesOut() {
        return wire.requests;
    }

    /// Not counted.
    @Override
    public long getBytesIn() {
        return -1;
    }

    /// Not counted.
    @Override
    public long getBytesOut() {
        return -1;
    }

    @Override
    public long getCreatedTimeStamp() {
        return wire.getCreatedTimeStamp();
    }

    /// Nobody listens: listeners belong to the connector's beans, and this connector has none.
    @Override
    public void addEventListener(EventListener listener) {}

    @Override
    public void removeEventListener(EventListener listener) {}

    @Override
    public void onClose(@Nullable Throwable cause) {}
}
