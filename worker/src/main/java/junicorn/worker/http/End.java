package junicorn.worker.http;

/// How a request ended, as far as the connection is concerned.
enum End {
    /// It is not over: its handler returned, the application will end it. The connection is not
    /// ours until then.
    OPEN,
    /// Answered; the connection may carry another request.
    PERSISTENT,
    /// Answered; the connection is to be closed.
    LAST,
    /// Broken off: the client must not take the answer for complete.
    FAILED,
    /// Answered; the connection belongs to another protocol now.
    UPGRADED
}
