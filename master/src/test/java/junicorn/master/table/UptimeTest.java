package junicorn.master.table;

import static java.time.Duration.ZERO;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/// Ring 1: the master's clock stands still while the master does.
class UptimeTest {
    private long nanos = 5;
    private final Uptime uptime = new Uptime(() -> nanos);

    @Test
    void timeThatWasSpentAsPlannedCounts() {
        pass(ofMillis(900));
        assertThat(uptime.look(ofSeconds(1))).isEqualTo(ZERO);
        pass(ofMillis(1900));
        assertThat(uptime.look(ofSeconds(1))).isEqualTo(ZERO);

        assertThat(uptime.now()).isEqualTo(ofMillis(2800));
    }

    @Test
    void timeInWhichNothingRanDoesNot() {
        pass(ofMillis(500));
        uptime.look(ofSeconds(1));
        pass(ofSeconds(61));

        assertThat(uptime.look(ofSeconds(1))).isEqualTo(ofSeconds(60));
        assertThat(uptime.now()).isEqualTo(ofMillis(1500));
        pass(ofSeconds(1));
        assertThat(uptime.look(ofSeconds(1))).isEqualTo(ZERO);
        assertThat(uptime.now()).isEqualTo(ofMillis(2500));
    }

    private void pass(Duration time) {
        nanos += time.toNanos();
    }
}
