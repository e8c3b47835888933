package junicorn.worker.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import junicorn.worker.http.message.HttpSettings;
import junicorn.worker.http.message.UriRules;
import org.junit.jupiter.api.Test;

/// Deadlines, without a clock.
final class PatienceTest {
    private static final Duration SILENCE = Duration.ofSeconds(30);

    private final Patience patience = new Patience(settings(500));

    private static HttpSettings settings(int rate) {
        return new HttpSettings(
                SILENCE,
                SILENCE,
                SILENCE,
                SILENCE,
                0,
                0,
                0,
                0,
                0,
                Duration.ofSeconds(20),
                rate,
                UriRules.DEFAULT);
    }

    private static long seconds(long count) {
        return Duration.ofSeconds(count).toNanos();
    }

    @Test
    void aBodyHasItsGrace() {
        assertThat(patience.untilBody(0, 0)).isEqualTo(seconds(20));
    }

    @Test
    void eachFiveHundredBytesGainASecond() {
        patience.untilBody(0, 0);
        patience.bodyCame(seconds(19));

        long deadline = patience.untilBody(seconds(19), 1000);

        assertThat(deadline).isEqualTo(seconds(22));
    }

    @Test
    void aDripHasAnEndNoMatterHowOftenItDrips() {
        long now = 0;
        long drips = 0;
        while (patience.untilBody(now, drips) > now) {
            now += seconds(1);
            patience.bodyCame(now);
            drips++;
        }

        assertThat(now).isEqualTo(seconds(21)); // 20 bytes gain less than the next second
    }

    @Test
    void onlyWaitingCounts() {
        patience.untilBody(0, 0);
        patience.bodyCame(seconds(1));

        long deadline = patience.untilBody(seconds(1000), 0);

        assertThat(deadline).isEqualTo(seconds(1019));
    }

    @Test
    void silenceHasItsOwnLimitHoweverMuchCame() {
        assertThat(patience.untilBody(0, 1 << 30)).isEqualTo(SILENCE.toNanos());
    }

    @Test
    void withoutARateOnlySilenceCounts() {
        var lenient = new Patience(settings(0));
        lenient.untilBody(0, 0);
        lenient.bodyCame(seconds(29));

        assertThat(lenient.untilBody(seconds(29), 1)).isEqualTo(seconds(59));
    }
}
