package junicorn.worker;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/// Ring 1: what sweeps take for the time when the process was frozen.
class SweepClockTest {
    private static final long START = -ofSeconds(3).toNanos(); // nanoTime may be anything

    private final SweepClock clock = new SweepClock(ofMillis(250), START);

    @Test
    void isTheTimeWhileSweepsComeAsTheyShould() {
        assertThat(look(ofMillis(250))).isEqualTo(ofMillis(250));
        assertThat(look(ofMillis(1400))).isEqualTo(ofMillis(1400)); // a busy machine
        assertThat(look(ofMillis(1600))).isEqualTo(ofMillis(1600));
    }

    @Test
    void leavesOutTheTimeInWhichTheProcessWasFrozenForAsLongAgain() {
        look(ofMillis(250));

        assertThat(look(ofMillis(20_500))).isEqualTo(ofMillis(500));
        assertThat(look(ofMillis(20_750))).isEqualTo(ofMillis(750));
        fast(ofMillis(20_750), ofMillis(40_250));
        assertThat(look(ofMillis(40_490))).isEqualTo(ofMillis(20_490));
        assertThat(look(ofMillis(40_600))).isEqualTo(ofMillis(40_600));
    }

    @Test
    void addsUpWhatIsLostTwiceAndGivesNobodyMoreThanAMinute() {
        assertThat(look(ofMinutes(90))).isEqualTo(ofMillis(250));
        assertThat(look(ofMinutes(90).plusSeconds(5))).isEqualTo(ofMillis(500));

        fast(ofMinutes(90).plusSeconds(5), ofMinutes(91));

        assertThat(look(ofMinutes(91))).isEqualTo(ofMinutes(91));
    }

    private void fast(Duration from, Duration to) {
        for (var at = from; at.compareTo(to) < 0; at = at.plusMillis(250)) {
            look(at);
        }
    }

    private Duration look(Duration at) {
        return Duration.ofNanos(clock.look(START + at.toNanos()) - START);
    }
}
