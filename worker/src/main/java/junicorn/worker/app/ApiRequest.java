package junicorn.worker.app;

import java.net.SocketAddress;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import junicorn.api.Field;
import junicorn.api.Request;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.util.Promise;
import org.eclipse.jetty.util.thread.Invocable.InvocationType;

/// A request of Jetty's as [junicorn.api] has it; nothing is looked up before it is asked for.
final class ApiRequest implements Request {
    private static final int NO_LIMIT = -1;

    private final org.eclipse.jetty.server.Request request;

    ApiRequest(org.eclipse.jetty.server.Request request) {
        this.request = request;
    }

    @Override
    public String method() {
        return request.getMethod();
    }

    @Override
    public String target() {
        return Objects.requireNonNullElse(request.getHttpURI().getPathQuery(), "");
    }

    @Override
    public String path() {
        return org.eclipse.jetty.server.Request.getPathInContext(request);
    }

    @Override
    public String query() {
        return Objects.requireNonNullElse(request.getHttpURI().getQuery(), "");
    }

    @Override
    public Optional<String> field(String name) {
        return Optional.ofNullable(request.getHeaders().get(name));
    }

    @Override
    public List<Field> fields() {
        return request.getHeaders().stream()
                .map(
                        field ->
                                new Field(
                                        field.getName(),
                                        Objects.requireNonNullElse(field.getValue(), "")))
                .toList();
    }

    @Override
    public CompletionStage<byte[]> body() {
        var body = new CompletableFuture<byte[]>();
        Content.Source.asByteArrayAsync(
                request,
                NO_LIMIT,
                Promise.Invocable.from(
                        InvocationType.NON_BLOCKING, body::complete, body::completeExceptionally));
        return body;
    }

    @Override
    public SocketAddress remoteAddress() {
        return request.getConnectionMetaData().getRemoteSocketAddress();
    }

    @Override
    public boolean isSecure() {
        return request.isSecure();
    }
}
