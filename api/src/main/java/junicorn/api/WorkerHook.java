package junicorn.api;

import java.time.Duration;

/// Code that a worker calls at the turns of its life. `META-INF/services/junicorn.api.WorkerHook`
/// on the application's class path, or in its WAR, names the classes that implement it; each needs
/// a public constructor without parameters. Override what you need.
///
/// No hook ends a worker or fails a request: what it throws is logged. A call that takes longer
/// than 1 s is logged too; one that takes 5 s (30 s in [#postInit]) is interrupted, and that hook
/// is called no more in this worker. The same happens to a hook that fails ten times in a row.
///
/// Worker classes `sync`, `gthread`, `virtual` and `async` call all of them; `vertx` and worker
/// classes of your own only [#postInit] and [#workerAbort].
public interface WorkerHook {
    /// The application has started; the worker takes no requests yet. As Gunicorn's
    /// `post_worker_init`.
    default void postInit() throws Exception {}

    /// A request goes to the application next, on this thread. With worker class `async` it must
    /// not block. Requests that warm a worker up are not told of.
    default void preRequest(RequestHead request) throws Exception {}

    /// A request is over, whatever its end. On the thread that ended it, which for asynchronous
    /// applications may be another than that of [#preRequest].
    ///
    /// @param status of the answer; 0 if there was none
    /// @param took since its header was complete
    default void postRequest(RequestHead request, int status, Duration took) throws Exception {}

    /// The worker is about to end out of order: it makes no progress and will be killed, or has
    /// lost one of its threads. There is about a second for this.
    default void workerAbort(String reason) throws Exception {}
}
