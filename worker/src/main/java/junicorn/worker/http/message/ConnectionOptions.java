package junicorn.worker.http.message;

import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpHeaderValue;
import org.eclipse.jetty.http.HttpVersion;

/// What a client wants to become of the connection after its request (RFC 9110, section 7.6.1).
/// Reset between requests.
final class ConnectionOptions {
    private boolean close;
    private boolean keepAlive;
    private boolean upgrade;
    private boolean upgradeField;

    /// A Connection field.
    void connection(HttpField field) {
        close |= field.contains(HttpHeaderValue.CLOSE.asString());
        keepAlive |= field.contains(HttpHeaderValue.KEEP_ALIVE.asString());
        upgrade |= field.contains(HttpHeaderValue.UPGRADE.asString());
    }

    /// There is an Upgrade field, or no longer one.
    void upgradeField(boolean present) {
        upgradeField = present;
    }

    /// True if the client may send another request on this connection (RFC 9112, section 9.3).
    boolean persistent(HttpVersion version) {
        return version == HttpVersion.HTTP_1_1 ? !close : keepAlive && !close;
    }

    /// True if the client asked to close after this request, so that it sends nothing more.
    boolean asksToClose(HttpVersion version) {
        return close || version != HttpVersion.HTTP_1_1;
    }

    boolean asksForUpgrade() {
        return upgrade && upgradeField;
    }

    void reset() {
        close = keepAlive = upgrade = upgradeField = false;
    }
}
