package junicorn.cli.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import junicorn.cli.settings.Misuse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class JavaOptionsTest {
    @Test
    void textsAreSplitIntoWordsAsAShellDoes() {
        var options =
                JavaOptions.of(
                        List.of("-Da=1  -Db='two words'", "-Dc=\"it's\" ''", "-Dd=", ""), Map.of());

        assertThat(options.words())
                .containsExactly("-Da=1", "-Db=two words", "-Dc=it's", "", "-Dd=");
    }

    @Test
    void aQuoteWithoutItsEndIsMisuse() {
        assertThatThrownBy(() -> JavaOptions.of(List.of("-Da='x"), Map.of()))
                .isInstanceOf(Misuse.class)
                .hasMessageContaining("-Da='x");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"-Xmx1g", "-XX:MaxHeapSize=1g", "-XX:MaxRAMPercentage=5", "-XX:MaxRAM=1g"})
    void aHeapOfTheUserIsSeen(String option) {
        assertThat(options(option).choosesHeap()).isTrue();
        assertThat(options("-Xss1m").choosesHeap()).isFalse();
    }

    @Test
    void theLastHeapCounts() {
        assertThat(options("-Xmx1g", "-Xmx64m").heapBytes()).contains(64L << 20);
        assertThat(options("-Xss1m").heapBytes()).isEmpty();
    }

    @Test
    void aHeapThatIsNoSizeIsMisuse() {
        assertThatThrownBy(() -> options("-Xmxlots").heapBytes())
                .isInstanceOf(Misuse.class)
                .hasMessageContaining("--java-opts -Xmx must be a size");
    }

    @Test
    void optionsInTheEnvironmentCountButAreNotRepeated() {
        var environment = Map.of("JAVA_TOOL_OPTIONS", "-XX:+UseG1GC -Xmx128m");
        var options = JavaOptions.of(List.of(), environment);

        assertThat(options.choosesCollector()).isTrue();
        assertThat(options.heapBytes()).contains(128L << 20);
        assertThat(options.words()).isEmpty();
    }

    @Test
    void aWorkerHasOurDefaultsAndThenTheUsersWords() {
        var plan = new MemoryPlan(2, Optional.of(100L << 20), "", true);

        assertThat(WorkerJvm.options(plan, options("-Dx=y")))
                .contains(
                        "-XX:+UseSerialGC",
                        "-XX:+UseCompactObjectHeaders",
                        "-XX:-UsePerfData",
                        "-XX:OnOutOfMemoryError=printf 'Xreason=java.lang.OutOfMemoryError\\n' >&3")
                .endsWith("-Xms32m", "-Xmx100m", "-Dx=y");
    }

    @Test
    void theHeapBeginsSmallUnlessTheUserSaysHow() {
        var plan = new MemoryPlan(2, Optional.empty(), "", true);

        assertThat(WorkerJvm.options(plan, options("-Xmx1g"))).contains("-Xms32m");
        assertThat(WorkerJvm.options(plan, options("-Xmx24m"))).doesNotContain("-Xms32m");
        assertThat(WorkerJvm.options(plan, options("-XX:MaxRAMPercentage=5")))
                .doesNotContain("-Xms32m");
        assertThat(WorkerJvm.options(plan, options("-Xmx1g", "-Xms64m"))).doesNotContain("-Xms32m");
    }

    @Test
    void aCollectorAndAHeapOfTheUserReplaceOurs() {
        var plan = new MemoryPlan(2, Optional.empty(), "", true);

        assertThat(WorkerJvm.options(plan, options("-XX:+UseZGC", "-Xmx1g")))
                .doesNotContain("-XX:+UseSerialGC")
                .containsOnlyOnce("-Xmx1g");
    }

    private static JavaOptions options(String... texts) {
        return JavaOptions.of(List.of(texts), Map.of());
    }
}
