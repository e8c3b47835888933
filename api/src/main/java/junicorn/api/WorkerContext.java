package junicorn.api;

import java.io.IOException;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/// What a [WorkerClass] is told, and what it tells the server. All of it may be used by any thread.
public interface WorkerContext {
    /// Which of the workers this is, from 0. A worker that replaces another takes its index.
    int index();

    /// How many workers the server means to run.
    int workers();

    /// Counts up when the application is loaded anew: workers of one generation run the same.
    long generation();

    /// What is to be served, as the command line named it; the path of a file is absolute.
    String application();

    /// `--class-path`, absolute.
    List<Path> classPath();

    /// Finds the application's classes: those of [#classPath], and `junicorn.api`.
    ClassLoader applicationLoader();

    /// `--threads`.
    int threads();

    /// `--worker-connections`: how many connections the worker may have open.
    int connections();

    /// `--keep-alive`: how long an idle connection may wait for its next request.
    Duration keepAlive();

    /// `--graceful-timeout`: how long after [WorkerClass#drain] the worker is killed.
    Duration gracefulTimeout();

    /// True if the application is only to be loaded and closed again: there are no listeners.
    boolean isCheck();

    /// The inherited sockets, in the order of the command line.
    List<Listener> listeners();

    /// The listener as a channel of the JDK, the same one at each call. Closing it closes this
    /// worker's descriptor only: the siblings go on.
    ///
    /// Descriptors of one socket share the mode of O_NONBLOCK, in all processes. The server has set
    /// it, and nobody may clear it, so never call `configureBlocking(true)` after
    /// `configureBlocking(false)`. A channel that is blocking for Java works as ever: `accept`
    /// waits.
    ServerSocketChannel channel(Listener listener) throws IOException;

    /// Shows life. Call it at least every second, in the thread whose standstill means that the
    /// worker is stuck; a timer's thread would prove nothing.
    void beat();

    /// A request begins to run: for the figures of the server.
    void requestBegan();

    /// A request has ended, whatever its end.
    void requestEnded();
}
