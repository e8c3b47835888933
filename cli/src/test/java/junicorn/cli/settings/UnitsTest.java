package junicorn.cli.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class UnitsTest {
    @ParameterizedTest
    @CsvSource({
        "30, 30000, 30s",
        "30s, 30000, 30s",
        "500ms, 500, 500ms",
        "2m, 120000, 2m",
        "1h, 3600000, 60m",
        "90s, 90000, 90s",
        "0, 0, 0s",
    })
    void aTimeIsReadAndShown(String written, long millis, String shown) {
        var time = Units.duration(written);

        assertThat(time).isEqualTo(Duration.ofMillis(millis));
        assertThat(Units.show(time)).isEqualTo(shown);
        assertThat(Units.duration(shown)).isEqualTo(time);
    }

    @ParameterizedTest
    @CsvSource({
        "4094, 4094, 4094",
        "64k, 65536, 64k",
        "64K, 65536, 64k",
        "1m, 1048576, 1m",
        "1024k, 1048576, 1m",
        "2g, 2147483648, 2g",
        "0, 0, 0",
    })
    void aSizeIsReadAndShown(String written, long bytes, String shown) {
        var size = Units.bytes(written);

        assertThat(size).isEqualTo(bytes);
        assertThat(Units.show(size)).isEqualTo(shown);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "s", "-1", "1.5", "30 s", "30x", "99999999999"})
    void whatIsNoTimeOrSizeIsRefusedWithAnExample(String written) {
        assertThatThrownBy(() -> Units.duration(written))
                .isInstanceOf(Misuse.class)
                .hasMessageContaining("like 30, 30s, 500ms or 2m, was '" + written + "'");
        assertThatThrownBy(() -> Units.bytes(written))
                .isInstanceOf(Misuse.class)
                .hasMessageContaining("like 4096, 64k or 1m, was '" + written + "'");
    }
}
