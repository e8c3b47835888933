package junicorn.worker.hook;

import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.util.Objects;
import java.util.Optional;
import junicorn.api.RequestHead;
import org.eclipse.jetty.server.Request;

/// A request of Jetty's as a hook may see it.
record Head(Request request) implements RequestHead {
    private static final SocketAddress NAMELESS = UnixDomainSocketAddress.of("");

    @Override
    public String method() {
        return request.getMethod();
    }

    @Override
    public String target() {
        return Objects.requireNonNullElse(request.getHttpURI().getPathQuery(), "");
    }

    @Override
    public Optional<String> field(String name) {
        return Optional.ofNullable(request.getHeaders().get(name));
    }

    @Override
    public SocketAddress remoteAddress() {
        return Objects.requireNonNullElse(
                request.getConnectionMetaData().getRemoteSocketAddress(), NAMELESS);
    }
}
