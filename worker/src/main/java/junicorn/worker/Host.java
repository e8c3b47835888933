package junicorn.worker;

import java.io.IOException;

/// What a worker serves with. Its methods are called in this order; the rest of a worker's life,
/// from the master's first word to the exit code, is [Worker]'s.
interface Host extends AutoCloseable {
    /// Starts the application and everything that it needs.
    void startApplication() throws StartFailed;

    /// Begins to take connections.
    void open() throws Exception;

    /// Serves, in the calling thread and in those it starts, until all is done after [#drain].
    void run() throws Exception;

    /// Any thread, a few times a second between `open` and the end: looks for what is late.
    ///
    /// @param now [System#nanoTime()]
    default void sweep(long now) {}

    /// Another thread: takes no more connections, lets what runs finish.
    void drain();

    /// Stops the application, so that it can say goodbye to whom it knows.
    @Override
    void close() throws IOException;
}
