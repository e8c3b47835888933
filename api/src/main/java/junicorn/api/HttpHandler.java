package junicorn.api;

import java.util.concurrent.CompletionStage;

/// An application as one function: a request comes in, a response is promised.
///
/// It may be called by many threads at once, and in worker class `async` it is called by the thread
/// that all connections wait for: then it must not block. The response may be completed by any
/// thread.
@FunctionalInterface
public interface HttpHandler {
    /// What it throws, and what its stage fails with, is logged and answered with 500.
    CompletionStage<Response> handle(Request request) throws Exception;
}
