package junicorn.worker;

import java.io.IOException;
import java.util.List;
import junicorn.control.WarmUp;
import junicorn.worker.hook.Hooks;

/// What a worker serves with. Its methods are called in this order; the rest of a worker's life,
/// from the master's first word to the exit code, is [Worker]'s.
interface Host extends AutoCloseable {
    /// Starts the application and everything that it needs.
    void startApplication() throws StartFailed;

    /// Finds the application's classes; after [#startApplication].
    ClassLoader applicationLoader();

    /// Before [#open]: these are told of requests.
    default void tell(Hooks hooks) {}

    /// True if [#run] may run before [#open]: so it can serve what nobody has sent, and wait.
    boolean runsBeforeItOpens();

    /// Sends itself some requests, while `run` runs and before `open`.
    ///
    /// @return what went wrong, in words; empty if nothing did
    default List<String> warmUp(WarmUp warmUp) {
        return List.of();
    }

    /// Begins to take connections.
    void open() throws Exception;

    /// Serves, in the calling thread and in those it starts, until all is done after [#drain].
    void run() throws Exception;

    /// Any thread, a few times a second between `open` and the end: looks for what is late.
    ///
    /// @param now [System#nanoTime()]
    default void sweep(long now) {}

    /// Any thread: opens its log files anew under their names.
    default void reopenLogs() throws IOException {}

    /// Any thread: what it is doing, for people.
    String explain();

    /// Another thread: takes no more connections, lets what runs finish.
    void drain();

    /// Stops the application, so that it can say goodbye to whom it knows.
    @Override
    void close() throws IOException;
}
