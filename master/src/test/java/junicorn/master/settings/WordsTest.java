package junicorn.master.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WordsTest {
    @ParameterizedTest
    @CsvSource({
        "PT0S, 0s",
        "PT0.48S, 480ms",
        "PT4S, 4s",
        "PT1.55S, 1.5s",
        "PT31.4S, 31s",
        "PT3M12S, 3m12s",
        "PT2M, 2m",
        "PT2H5M7S, 2h5m",
        "P3DT4H, 3d4h"
    })
    void durationsAreShort(Duration duration, String words) {
        assertThat(Words.of(duration)).isEqualTo(words);
    }

    @ParameterizedTest
    @CsvSource({"1, 1st", "2, 2nd", "3, 3rd", "4, 4th", "11, 11th", "12, 12th", "21, 21st"})
    void ordinalsAreEnglish(int number, String words) {
        assertThat(Words.ordinal(number)).isEqualTo(words);
    }
}
