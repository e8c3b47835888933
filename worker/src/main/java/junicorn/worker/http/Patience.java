package junicorn.worker.http;

/// How long a resting connection may keep us waiting (see [HttpSettings]). The header has one
/// deadline for all of it, so that a client which sends a byte now and then gains nothing; a body
/// has one from piece to piece.
final class Patience {
    private static final long UNSET = Long.MIN_VALUE;

    private final HttpSettings settings;
    private long headerDeadline = UNSET;

    Patience(HttpSettings settings) {
        this.settings = settings;
    }

    /// Another request, or another connection.
    void renew() {
        headerDeadline = UNSET;
    }

    /// By when something must come.
    ///
    /// @param now [System#nanoTime()], as is the result
    /// @param silent no byte of the request has come
    /// @param used it is not the connection's first
    /// @param draining the worker stops
    /// @param hasHeader only the body is missing
    long until(long now, boolean silent, boolean used, boolean draining, boolean hasHeader) {
        if (silent && draining) {
            return now + HttpFront.DRAIN_SILENCE.toNanos();
        }
        if (hasHeader) {
            return now + settings.bodyTimeout().toNanos();
        }
        if (silent && used) {
            return now + settings.keepAlive().toNanos();
        }
        if (headerDeadline == UNSET) {
            headerDeadline = now + settings.headerTimeout().toNanos();
        }
        return headerDeadline;
    }
}
