package junicorn.worker.poll;

/// How one worker runs requests: on how many threads, and what it does with a connection. Data, not
/// a class hierarchy: a worker class is a choice of these answers over the same poll.
public sealed interface Concurrency {
    /// One request at a time, connections closed after each: slow, simple, and a crash costs one
    /// request.
    record Sync() implements Concurrency {}

    /// A fixed number of request threads that share the poll; idle connections rest in it.
    record Pool(int threads) implements Concurrency {
        public Pool {
            if (threads < 1) {
                throw new IllegalArgumentException("threads must be at least 1, was " + threads);
            }
        }
    }

    /// Threads that poll for themselves and run what they read.
    default int requestThreads() {
        return switch (this) {
            case Sync() -> 1;
            case Pool(int threads) -> threads;
        };
    }

    /// Requests that may be open in the worker at once, those included that an async servlet keeps
    /// open without a thread.
    default int requestsAtOnce() {
        return switch (this) {
            case Sync() -> 1;
            case Pool _ -> Integer.MAX_VALUE;
        };
    }

    /// True if a connection may carry a second request.
    default boolean keepsConnections() {
        return switch (this) {
            case Sync() -> false;
            case Pool _ -> true;
        };
    }

    /// True if a connection may leave HTTP/1.1 for another protocol (RFC 9110, section 7.8): such a
    /// connection outlives its request, which a worker of one request at a time cannot grant.
    default boolean upgrades() {
        return keepsConnections();
    }

    /// Connections that a thread may accept one after the other before it looks at the others it
    /// has. Where a connection lives for one request, accepting again at once saves a round through
    /// epoll_wait(2); where it lives long, one at a time spreads them over the workers.
    default int acceptsInARow() {
        return switch (this) {
            case Sync() -> 16;
            case Pool _ -> 1;
        };
    }

    /// Events that a thread takes out of the poll at once: what it has taken no other thread can
    /// serve.
    default int eventsAtOnce() {
        return switch (this) {
            case Sync() -> 16;
            case Pool _ -> 1;
        };
    }
}
