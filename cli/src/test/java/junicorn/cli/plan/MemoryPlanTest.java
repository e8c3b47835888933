package junicorn.cli.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import junicorn.control.WorkerSettings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class MemoryPlanTest {
    private static final long MEGABYTE = 1 << 20;
    private static final Optional<Integer> NOT_SAID = Optional.empty();
    private static final WorkerSettings.Capacity SYNC =
            new WorkerSettings.Capacity("sync", 0, 1000);

    /// Three quarters of the memory hold all workers, each with 96 MiB beside its heap.
    @ParameterizedTest
    @CsvSource({
        "16384, 2, 5, 2361, 2 x cores + 1",
        "65536, 2, 5, 4096, 2 x cores + 1",
        "4096, 8, 8, 288, 2 x cores + 1 = 17 do not fit",
        "1024, 8, 2, 288, 2 x cores + 1 = 17 do not fit",
        "512, 1, 1, 288, 2 x cores + 1 = 3 do not fit",
    })
    void asManyWorkersAsCoresWantAndMemoryHolds(
            long megabytes, int cores, int workers, long heapMegabytes, String reason) {
        var plan = plan(megabytes, cores, NOT_SAID);

        assertThat(plan.workers()).isEqualTo(workers);
        assertThat(plan.heapBytes()).contains(heapMegabytes * MEGABYTE);
        assertThat(plan.reason()).isEqualTo(reason);
        assertThat(plan.fits()).isTrue();
    }

    @Test
    void aNumberOfWorkersThatTheUserSaidIsKeptAndTheHeapFollows() {
        var plan = plan(4096, 8, Optional.of(20));

        assertThat(plan.workers()).isEqualTo(20);
        assertThat(plan.heapBytes()).contains(57 * MEGABYTE);
        assertThat(plan.reason()).isEqualTo("command line");
        assertThat(plan.fits()).isTrue();
    }

    @Test
    void moreWorkersThanFitGetTheLeastHeapAndAWarning() {
        var machine = new Machine(1024 * MEGABYTE, 1);
        var plan = MemoryPlan.of(machine, Optional.of(20), "command line", options(), SYNC);

        assertThat(plan.heapBytes()).contains(MemoryPlan.HEAP_LEAST_BYTES);
        assertThat(plan.fits()).isFalse();
        assertThat(plan.words(machine))
                .isEqualTo(
                        "memory plan workers=20 (command line) heap=32m each, memory=1g cores=1;"
                                + " too much for this memory: give fewer --workers or -Xmx");
    }

    @Test
    void threadsAndConnectionsLeaveLessForTheHeap() {
        var machine = new Machine(4096 * MEGABYTE, 2);
        var busy = new WorkerSettings.Capacity("gthread", 64, 1024);

        var plan = MemoryPlan.of(machine, Optional.of(4), "command line", options(), busy);

        assertThat(plan.heapBytes()).contains((4096 / 4 * 3 / 4 - 96 - 16 - 16) * MEGABYTE);
    }

    @Test
    void aHeapThatTheUserChoseIsLeftAloneAndCounted() {
        var machine = new Machine(4096 * MEGABYTE, 8);
        var plan = MemoryPlan.of(machine, NOT_SAID, "default", options("-Xmx1g"), SYNC);

        assertThat(plan.heapBytes()).isEmpty();
        assertThat(plan.workers()).isEqualTo(2);
        assertThat(plan.words(machine)).contains("workers=2", "heap=as in --java-opts");
    }

    @Test
    void aHeapInPercentIsLeftAloneToo() {
        var machine = new Machine(16_384 * MEGABYTE, 2);
        var plan =
                MemoryPlan.of(
                        machine, NOT_SAID, "default", options("-XX:MaxRAMPercentage=20"), SYNC);

        assertThat(plan.heapBytes()).isEmpty();
        assertThat(plan.workers()).isEqualTo(5);
    }

    private static MemoryPlan plan(long megabytes, int cores, Optional<Integer> wanted) {
        var machine = new Machine(megabytes * MEGABYTE, cores);
        return MemoryPlan.of(machine, wanted, "command line", options(), SYNC);
    }

    private static JavaOptions options(String... texts) {
        return JavaOptions.of(List.of(texts), Map.of());
    }
}
