package junicorn.worker.http;

import java.net.SocketAddress;
import org.jspecify.annotations.Nullable;

/// Is told of each request that was refused before the application saw it.
@FunctionalInterface
public interface RefusalLog {
    /// A request was answered with an error by the server itself.
    ///
    /// @param requestLine as much of it as was understood, or "-"
    /// @param status what was answered
    void refused(@Nullable SocketAddress remote, String requestLine, int status);
}
