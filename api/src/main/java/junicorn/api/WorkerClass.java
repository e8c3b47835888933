package junicorn.api;

/// A way to serve: what a worker process does between its start and its end. `-k` takes the name of
/// a class that implements this, or the [#name] of one that `META-INF/services` announces.
///
/// The server makes one object by the public constructor without parameters and calls [#start],
/// [#accept], [#await] and [#close] one after the other in the worker's main thread, and [#drain]
/// in a thread of its own, while `await` waits. A check of the configuration
/// ([WorkerContext#isCheck]) ends after `start` with `close`.
///
/// What stays the server's: the master, its signals, the control channel, the log. A worker whose
/// beats stand still for `--timeout` is killed, and so is one that drains longer than
/// `--graceful-timeout`.
public interface WorkerClass {
    /// What `-k` calls it, if a service file announces it: no dot, lower case.
    default String name() {
        return getClass().getName();
    }

    /// Starts the application; afterwards the worker counts as ready. No connection is taken yet.
    ///
    /// @throws Exception why it cannot be started: the worker reports it and ends
    void start(WorkerContext context) throws Exception;

    /// Begins to take connections, and returns.
    void accept() throws Exception;

    /// Asks the worker to stop: takes no more connections, closes those that are idle, lets running
    /// requests finish. Returns soon; [#await] tells when it is over.
    void drain();

    /// Waits until everything has been served after [#drain], or until the worker cannot go on.
    void await() throws Exception;

    /// Stops the application. Called once, also when `start` has failed.
    void close() throws Exception;
}
