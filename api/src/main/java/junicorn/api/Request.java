package junicorn.api;

import java.net.SocketAddress;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/// A request as it came. Valid until it is answered.
public interface Request {
    /// As sent: methods are case-sensitive.
    String method();

    /// The path below the context path: decoded, but for an encoded slash or percent sign.
    String path();

    /// As sent, without the question mark; empty if there is none.
    String query();

    /// The value of the first field of that name, in any case of letters.
    Optional<String> field(String name);

    /// All header fields, in their order.
    List<Field> fields();

    /// All of the body, once it has come; it waits without a thread. Ask once.
    ///
    /// It is held in memory: `--limit-request-body` is what bounds it. Fails if the client goes
    /// away or what it sends is no body.
    CompletionStage<byte[]> body();

    /// Of the client, or of the proxy in front.
    SocketAddress remoteAddress();

    /// True for https.
    boolean isSecure();
}
