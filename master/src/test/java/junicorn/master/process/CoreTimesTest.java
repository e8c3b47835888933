package junicorn.master.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import junicorn.master.table.Cores;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A process by the kernel's account, as files.
final class CoreTimesTest {
    private static final long PID = 4711;
    private static final Duration LOOK = Duration.ofMillis(500);

    @TempDir private Path root;
    private CoreTimes times;
    private Duration now = Duration.ofHours(1);

    @BeforeEach
    void begin() {
        times = new CoreTimes(root);
    }

    private Path task(int thread) {
        return root.resolve("proc/" + PID + "/task/" + thread);
    }

    private void thread(int thread, long ranMillis, long waitedMillis) throws IOException {
        Files.createDirectories(task(thread));
        var line = "%d %d 17%n".formatted(ranMillis * 1_000_000, waitedMillis * 1_000_000);
        Files.writeString(task(thread).resolve("schedstat"), line);
    }

    private Cores look() {
        now = now.plus(LOOK);
        return times.of(PID, now);
    }

    private static Cores cores(long ranMillis, long waitedMillis) {
        return new Cores(Duration.ofMillis(ranMillis), Duration.ofMillis(waitedMillis));
    }

    @Test
    void allItsThreadsRanAndTheOneThatWaitedLongestWaited() throws IOException {
        thread(1, 100, 30);
        thread(2, 50, 70);

        assertThat(look()).isEqualTo(cores(150, 70));
    }

    @Test
    void inEachSpanAnotherThreadMayHaveWaitedLongest() throws IOException {
        thread(1, 100, 30);
        thread(2, 50, 70);
        look();
        thread(1, 110, 60);
        thread(2, 50, 75);

        assertThat(look()).isEqualTo(cores(160, 100));
    }

    @Test
    void whatAThreadHadStaysWhenItEndsAndItsNumberMayComeAgain() throws IOException {
        thread(1, 100, 0);
        thread(2, 50, 0);
        look();
        Files.delete(task(2).resolve("schedstat"));
        Files.delete(task(2));
        assertThat(look()).isEqualTo(cores(150, 0));
        thread(2, 20, 10);

        assertThat(look()).isEqualTo(cores(170, 10));
    }

    @Test
    void theSameIsNotLookedAtAgainAtOnce() throws IOException {
        thread(1, 100, 0);
        look();
        thread(1, 200, 0);

        assertThat(times.of(PID, now.plus(LOOK).minusMillis(1))).isEqualTo(cores(100, 0));
        assertThat(times.of(PID, now.plus(LOOK))).isEqualTo(cores(200, 0));
    }

    @Test
    void ofOthersNothingIsKept() throws IOException {
        thread(1, 100, 0);
        look();
        times.keep(Set.of());
        thread(1, 40, 5);

        assertThat(times.of(PID, now)).isEqualTo(cores(40, 5));
    }

    @Test
    void nothingIsKnownOfWhoIsGoneAndWhereTheKernelDoesNotTell() throws IOException {
        assertThat(look().areKnown()).isFalse();
        Files.createDirectories(task(1));

        assertThat(look().areKnown()).isFalse();
        Files.writeString(task(1).resolve("schedstat"), "");
        assertThat(look().areKnown()).isFalse();
    }
}
