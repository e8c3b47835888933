package junicorn.worker.app;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpContext;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpPrincipal;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.URI;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/// One request as the JDK's HTTP server would show it. Over when the answer is complete and the
/// handler has returned or closed it.
final class JdkExchange extends HttpExchange {
    private static final int NO_CODE = -1;

    /// What a client on a Unix-domain socket has instead of an address.
    private static final InetSocketAddress NO_ADDRESS =
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);

    private final ExchangeContext context;
    private final URI uri;
    private final Request request;
    private final ExchangeOutput output;
    private final Callback callback;
    private final Headers responseHeaders = new Headers();
    private final Map<String, Object> attributes = new ConcurrentHashMap<>();
    private @Nullable Headers requestHeaders;
    private InputStream in;
    private OutputStream out;
    private volatile int code = NO_CODE;

    // guarded by this
    private boolean answered;
    private boolean letGo;
    private boolean over;

    JdkExchange(
            ExchangeContext context,
            URI uri,
            Request request,
            Response response,
            Callback callback) {
        this.context = context;
        this.uri = uri;
        this.request = request;
        this.callback = callback;
        in = Content.Source.asInputStream(request);
        output = new ExchangeOutput(request, response, this::answered, this::failed);
        out = output;
    }

    // ---- its end

    /// The handler returned; if the answer is not complete, another thread has it now, or nobody:
    /// then it is over when the client goes away.
    void returned() {
        if (!letGo(false)) {
            request.addFailureListener(this::failed);
        }
    }

    /// The handler threw: 500 if nothing was sent yet, else the connection breaks.
    void failed(Throwable cause) {
        boolean first;
        synchronized (this) {
            first = !over;
            over = true;
        }
        if (first) {
            callback.failed(cause);
        }
    }

    private void answered() {
        letGo(true);
    }

    private boolean letGo(boolean byAnswer) {
        boolean ends;
        synchronized (this) {
            answered |= byAnswer;
            letGo |= !byAnswer;
            ends = answered && letGo && !over;
            over |= ends;
        }
        if (ends) {
            callback.succeeded();
        }
        return ends;
    }

    @Override
    public void close() {
        try {
            in.close();
            if (code == NO_CODE) {
                throw new IOException("the exchange was closed before it was answered");
            }
            out.close();
            letGo(false);
        } catch (IOException e) {
            failed(e);
        }
    }

    // ---- the request

    @Override
    public Headers getRequestHeaders() {
        var known = requestHeaders;
        if (known == null) {
            var headers = new Headers();
            for (var field : request.getHeaders()) {
                headers.add(field.getName(), Objects.requireNonNullElse(field.getValue(), ""));
            }
            known = Headers.of(headers);
            requestHeaders = known;
        }
        return known;
    }

    @Override
    public URI getRequestURI() {
        return uri;
    }

    @Override
    public String getRequestMethod() {
        return request.getMethod();
    }

    @Override
    public InputStream getRequestBody() {
        return in;
    }

    @Override
    public String getProtocol() {
        return request.getConnectionMetaData().getProtocol();
    }

    @Override
    public InetSocketAddress getRemoteAddress() {
        return address(request.getConnectionMetaData().getRemoteSocketAddress());
    }

    @Override
    public InetSocketAddress getLocalAddress() {
        return address(request.getConnectionMetaData().getLocalSocketAddress());
    }

    private static InetSocketAddress address(@Nullable SocketAddress address) {
        return address instanceof InetSocketAddress known ? known : NO_ADDRESS;
    }

    @Override
    public @Nullable HttpPrincipal getPrincipal() {
        return null;
    }

    // ---- the response

    @Override
    public Headers getResponseHeaders() {
        return responseHeaders;
    }

    @Override
    public void sendResponseHeaders(int rCode, long responseLength) throws IOException {
        if (code != NO_CODE) {
            throw new IOException("headers already sent");
        }
        output.begin(rCode, responseLength, responseHeaders);
        code = rCode;
    }

    @Override
    public OutputStream getResponseBody() {
        return out;
    }

    @Override
    public int getResponseCode() {
        return code;
    }

    // ---- what filters do with it

    @Override
    public HttpContext getHttpContext() {
        return context;
    }

    @Override
    public @Nullable Object getAttribute(String name) {
        return attributes.get(name);
    }

    @Override
    public void setAttribute(String name, @Nullable Object value) {
        if (value == null) {
            attributes.remove(name);
        } else {
            attributes.put(name, value);
        }
    }

    @Override
    public void setStreams(@Nullable InputStream i, @Nullable OutputStream o) {
        in = i == null ? in : i;
        out = o == null ? out : o;
    }
}
