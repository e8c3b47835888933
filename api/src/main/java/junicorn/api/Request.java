package junicorn.api;

import java.util.List;
import java.util.concurrent.CompletionStage;

/// A request as it came. Valid until it is answered.
public interface Request extends RequestHead {
    /// The path below the context path: decoded, but for an encoded slash or percent sign.
    String path();

    /// As sent, without the question mark; empty if there is none.
    String query();

    /// All header fields, in their order.
    List<Field> fields();

    /// All of the body, once it has come; it waits without a thread. Ask once.
    ///
    /// It is held in memory: `--limit-request-body` is what bounds it. Fails if the client goes
    /// away or what it sends is no body.
    CompletionStage<byte[]> body();

    /// True for https.
    boolean isSecure();
}
