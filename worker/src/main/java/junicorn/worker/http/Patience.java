package junicorn.worker.http;

import java.time.Duration;
import junicorn.worker.http.message.HttpSettings;

/// How long a resting connection may keep us waiting (see [HttpSettings]). The header has one
/// deadline for all of it, so that a client which sends a byte now and then gains nothing. A body
/// has two: one from piece to piece, and one for all the time that we have waited for it, which
/// grows with what came (as `body=20,MinRate=500` of Apache's mod_reqtimeout). Only waiting counts:
/// an application that takes its time with a body does not use up the client's.
final class Patience {
    private static final long UNSET = Long.MIN_VALUE;
    private static final long SECOND = Duration.ofSeconds(1).toNanos();

    private final HttpSettings settings;
    private long headerDeadline = UNSET;
    private long bodyAwaitedSince = UNSET;
    private long bodyAwaited;

    Patience(HttpSettings settings) {
        this.settings = settings;
    }

    /// Another request, or another connection.
    void renew() {
        headerDeadline = UNSET;
        bodyAwaitedSince = UNSET;
        bodyAwaited = 0;
    }

    /// By when something must come, if the body is not what is missing.
    ///
    /// @param now [System#nanoTime()], as is the result
    /// @param silent no byte of the request has come
    /// @param used it is not the connection's first
    /// @param draining the worker stops
    long until(long now, boolean silent, boolean used, boolean draining) {
        if (silent && draining) {
            return now + (used ? HttpFront.DRAIN_USED : HttpFront.DRAIN_SILENCE).toNanos();
        }
        if (silent && used) {
            return now + settings.keepAlive().toNanos();
        }
        if (headerDeadline == UNSET) {
            headerDeadline = now + settings.headerTimeout().toNanos();
        }
        return headerDeadline;
    }

    /// By when more of the body must come. The waiting begins now, or goes on.
    ///
    /// @param received bytes of the body so far
    long untilBody(long now, long received) {
        bodyCame(now);
        bodyAwaitedSince = now;
        long silence = settings.bodyTimeout().toNanos();
        int rate = settings.bodyRateMin();
        if (rate == 0) {
            return now + silence;
        }
        long gained = received / rate * SECOND + received % rate * SECOND / rate;
        return now + Math.clamp(settings.bodyGrace().toNanos() + gained - bodyAwaited, 0, silence);
    }

    /// More of the body has come, if we waited for any.
    void bodyCame() {
        if (bodyAwaitedSince != UNSET) {
            bodyCame(System.nanoTime());
        }
    }

    /// The waiting is over for now.
    void bodyCame(long now) {
        if (bodyAwaitedSince != UNSET) {
            bodyAwaited += now - bodyAwaitedSince;
            bodyAwaitedSince = UNSET;
        }
    }
}
