package junicorn.worker.app;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

final class LogClockTest {
    private Instant now = Instant.parse("2026-11-21T07:30:59.100Z");

    @Test
    void theTextIsMadeOnceASecond() {
        var clock = new LogClock(new Steered());

        var first = clock.now();
        now = now.plusMillis(800);
        var same = clock.now();
        now = now.plusMillis(100);
        var next = clock.now();

        assertThat(new String(first, US_ASCII)).isEqualTo("[21/Nov/2026:09:30:59 +0200]");
        assertThat(same).isSameAs(first);
        assertThat(new String(next, US_ASCII)).isEqualTo("[21/Nov/2026:09:31:00 +0200]");
    }

    private final class Steered extends Clock {
        @Override
        public ZoneId getZone() {
            return ZoneOffset.ofHours(2);
        }

        @Override
        public Clock withZone(ZoneId zone) {
            throw new UnsupportedOperationException("not needed");
        }

        @Override
        public Instant instant() {
            return now;
        }
    }
}
