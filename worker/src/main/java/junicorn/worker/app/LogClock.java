package junicorn.worker.app;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/// The time as `[21/Nov/2026:07:30:00 +0000]`, formatted once a second at most.
final class LogClock {
    private static final DateTimeFormatter FORMAT =
            DateTimeFormatter.ofPattern("'['dd/MMM/yyyy:HH:mm:ss Z']'", Locale.ROOT);

    private final Clock clock;
    private volatile Second last = new Second(Long.MIN_VALUE, new byte[0]);

    LogClock() {
        this(Clock.system(ZoneId.systemDefault()));
    }

    LogClock(Clock clock) {
        this.clock = clock;
    }

    /// Threads may race to make the same text; either is right.
    byte[] now() {
        var second = Math.floorDiv(clock.millis(), 1_000L);
        var cached = last;
        if (cached.epochSecond() != second) {
            var text = FORMAT.format(ZonedDateTime.now(clock));
            cached = new Second(second, text.getBytes(StandardCharsets.US_ASCII));
            last = cached;
        }
        return cached.text();
    }

    @SuppressWarnings("ArrayRecordComponent") // never compared, never leaves this class
    private record Second(long epochSecond, byte[] text) {}
}
