package junicorn.worker.poll;

/// How one worker runs requests: on which threads, and what it does with a connection. Data, not a
/// class hierarchy: a worker class is a choice of these answers over the same poll.
public sealed interface Concurrency {
    /// One request at a time, connections closed after each: slow, simple, and a crash costs one
    /// request.
    ///
    /// @param connections open at most; what comes by one that says nothing yet costs no thread, so
    /// there may be many
    record Sync(int connections) implements Concurrency {
        public Sync {
            atLeastOne("connections", connections);
        }

        public Sync() {
            this(Integer.MAX_VALUE);
        }
    }

    /// A fixed number of request threads that share the poll; idle connections rest in it.
    ///
    /// @param connections open at most
    record Pool(int threads, int connections) implements Concurrency {
        public Pool {
            atLeastOne("threads", threads);
            atLeastOne("connections", connections);
        }

        public Pool(int threads) {
            this(threads, Integer.MAX_VALUE);
        }
    }

    /// A virtual thread for each complete request; another one polls.
    ///
    /// @param connections open at most
    record Virtual(int connections) implements Concurrency {
        public Virtual {
            atLeastOne("connections", connections);
        }

        public Virtual() {
            this(Integer.MAX_VALUE);
        }
    }

    /// One thread that polls and runs every handler itself: none of them may block.
    ///
    /// @param connections open at most
    record Async(int connections) implements Concurrency {
        public Async {
            atLeastOne("connections", connections);
        }

        public Async() {
            this(Integer.MAX_VALUE);
        }
    }

    private static void atLeastOne(String what, int count) {
        if (count < 1) {
            throw new IllegalArgumentException(what + " must be at least 1, was " + count);
        }
    }

    /// Threads that poll.
    default int pollThreads() {
        return switch (this) {
            case Sync _, Virtual _, Async _ -> 1;
            case Pool(int threads, _) -> threads;
        };
    }

    /// True if a request runs on a thread of its own and not on the one that found it.
    default boolean handsOver() {
        return this instanceof Virtual;
    }

    /// True if nobody polls for a connection while its handler runs: the thread that would is the
    /// handler's, or may be in another handler.
    default boolean handlerHoldsPoll() {
        return !handsOver();
    }

    /// True if the handler's thread may wait a moment for its client.
    default boolean handlerMayWait() {
        return switch (this) {
            case Sync _, Pool _ -> true;
            case Virtual _, Async _ -> false;
        };
    }

    /// Requests that may be open in the worker at once, those included that an async servlet keeps
    /// open without a thread.
    default int requestsAtOnce() {
        return this instanceof Sync ? 1 : Integer.MAX_VALUE;
    }

    /// Connections that may be open in the worker at once; at that number it accepts no more, and
    /// its siblings do.
    default int connectionsAtOnce() {
        return switch (this) {
            case Sync(int connections) -> connections;
            case Pool(_, int connections) -> connections;
            case Virtual(int connections) -> connections;
            case Async(int connections) -> connections;
        };
    }

    /// True if a connection may carry a second request.
    default boolean keepsConnections() {
        return !(this instanceof Sync);
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
        return this instanceof Sync ? 16 : 1;
    }

    /// Events that a thread takes out of the poll at once, at most: what it has taken waits for it,
    /// unless another thread is free.
    default int eventsAtOnce() {
        return switch (this) {
            case Sync _ -> 16;
            case Pool _, Virtual _, Async _ -> 64;
        };
    }
}
