package junicorn.api;

import java.net.SocketAddress;
import java.util.Optional;

/// What a request says of itself before its body. Valid until the request is answered.
public interface RequestHead {
    /// As sent: methods are case-sensitive.
    String method();

    /// Path and query, as sent.
    String target();

    /// The value of the first field of that name, in any case of letters.
    Optional<String> field(String name);

    /// Of the client, or of the proxy in front.
    SocketAddress remoteAddress();
}
