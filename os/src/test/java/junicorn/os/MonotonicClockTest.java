package junicorn.os;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MonotonicClockTest {
    @Test
    void itGoesOnlyForward() {
        long first = MonotonicClock.micros();
        long second = MonotonicClock.micros();

        assertThat(first).isPositive();
        assertThat(second).isGreaterThanOrEqualTo(first);
    }
}
