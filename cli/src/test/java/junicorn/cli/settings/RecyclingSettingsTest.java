package junicorn.cli.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import junicorn.cli.line.Arguments;
import junicorn.control.WarmUp;
import junicorn.control.WarmUp.Shot;
import junicorn.control.WorkerSettings;
import org.junit.jupiter.api.Test;

final class RecyclingSettingsTest {
    @Test
    void aStarWithANumberSaysHowOften() {
        var values = values("--warmup", "/a?b=*c*20", "--warmup", "/*", "--warmup-strict");

        assertThat(RecyclingSettings.warmUp(values))
                .isEqualTo(new WarmUp(List.of(new Shot("/a?b=*c", 20), new Shot("/*", 1)), true));
        assertThat(values.show(RecyclingSettings.WARMUP)).contains("/a?b=*c*20 /*");
    }

    @Test
    void nothingIsSaidByDefault() {
        assertThat(RecyclingSettings.warmUp(values())).isEqualTo(WarmUp.NONE);
        assertThat(RecyclingSettings.recycling(values())).isEqualTo(WorkerSettings.Recycling.NONE);
    }

    @Test
    void whatIsNoPathOrNoNumberIsMisuse() {
        for (var wrong : List.of("shop", "/a b", "*5", "/\u00e4", "")) {
            assertThatThrownBy(() -> values("--warmup", wrong))
                    .isInstanceOf(Misuse.class)
                    .hasMessageContaining("must be a path like /shop");
        }
        assertThatThrownBy(() -> values("--warmup", "/a*0"))
                .hasMessage("--warmup must be sent 1 to 1000000 times, was '/a*0'");
    }

    private static Values values(String... words) {
        return Values.of(List.of(Arguments.parse(words)), Map.of(), Path.of(""));
    }
}
