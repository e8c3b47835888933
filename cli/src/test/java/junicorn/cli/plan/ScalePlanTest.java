package junicorn.cli.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import junicorn.cli.line.Arguments;
import junicorn.cli.settings.Misuse;
import junicorn.cli.settings.Values;
import junicorn.scaling.Scaling;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScalePlanTest {
    private static final MemoryPlan NINE = new MemoryPlan(9, Optional.empty(), "", true);

    @TempDir Path folder = Path.of("");

    @Test
    void withoutAWordAboutItTheNumberIsFixed() {
        var values = values();

        assertThat(scaling(values).rule()).isEqualTo(new Scaling.Rule.Fixed());
        assertThat(scaling(values).workersMax()).isGreaterThan(1000); // TTIN goes on
        assertThat(ScalePlan.of(values).workers(values, NINE)).isEqualTo(9);
    }

    @Test
    void aSpareOrAMostMeansIdle() {
        assertThat(scaling(values("--min-spare", "2")).rule())
                .isEqualTo(new Scaling.Rule.Idle(2, 4));
        assertThat(scaling(values("--max-workers", "7")).rule())
                .isEqualTo(new Scaling.Rule.Idle(1, 3));
        assertThat(scaling(values("--scale", "fixed")).isFixed()).isTrue();
    }

    @Test
    void whatBelongsToAnotherRuleIsRefused() {
        assertRefused(
                "--max-workers 7 goes with --scale idle or busyness, and this is fixed",
                "--scale",
                "fixed",
                "--max-workers",
                "7");
        assertRefused(
                "--busyness-max 70 goes with --scale busyness, and this is fixed",
                "--busyness-max",
                "70");
        assertRefused(
                "--busyness-window 1s goes with --scale busyness, and this is idle",
                "--max-workers",
                "7",
                "--busyness-window",
                "1");
        assertRefused(
                "--min-spare 2 goes with --scale idle, and this is busyness",
                "--scale",
                "busyness",
                "--min-spare",
                "2");
        assertRefused(
                "--full-at 2 goes with --scale idle or busyness, and this is fixed",
                "--full-at",
                "2");
    }

    @Test
    void theMostIsNotLessThanWhatIsToBeFree() {
        assertRefused(
                "--max-workers must be at least --min-spare, were 4 and 5",
                "--min-spare",
                "5",
                "--max-workers",
                "4");
    }

    @Test
    void theMemoryIsPlannedForTheMostAndTheStartIsSmall() {
        var values = values("--max-workers", "7", "--min-spare", "2");

        assertThat(ScalePlan.of(values).planned(values)).contains(7);
        assertThat(ScalePlan.of(values).workers(values, NINE)).isEqualTo(2);
        assertThat(ScalePlan.of(values("-w", "3")).planned(values("-w", "3"))).contains(3);
    }

    @Test
    void whoeverSaysHowManyWorkersSaysTheLeast() {
        var values = values("--scale", "busyness", "-w", "12");

        assertThat(ScalePlan.of(values).workers(values, NINE)).isEqualTo(12);
        assertThat(scaling(values).workersMax()).isEqualTo(12);
    }

    @Test
    void aWorkerIsFullByItsClass() {
        assertThat(scaling(values()).fullAt()).isEqualTo(1);
        assertThat(scaling(values("--threads", "6")).fullAt()).isEqualTo(6);
        assertThat(scaling(values("-k", "virtual")).fullAt()).isEqualTo(100);
        assertThat(scaling(values("-k", "async", "--worker-connections", "20")).fullAt())
                .isEqualTo(20);
        assertThat(
                        scaling(values("-k", "virtual", "--max-workers", "2", "--full-at", "8"))
                                .fullAt())
                .isEqualTo(8);
    }

    private static Scaling scaling(Values values) {
        return ScalePlan.of(values).scaling(values, NINE);
    }

    private void assertRefused(String words, String... options) {
        assertThatThrownBy(() -> values(options)).isInstanceOf(Misuse.class).hasMessage(words);
    }

    private Values values(String... words) {
        return Configuration.read(Arguments.parse(words), Map.of(), folder).values();
    }
}
