package junicorn.worker.http;

/// What a connection is in the middle of.
enum Phase {
    /// A request is coming, or may come.
    RECEIVING,
    /// The application has a request.
    RUNNING,
    /// Closed, or another protocol's.
    ENDED
}
