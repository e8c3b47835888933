package junicorn.master.table;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Ring 1: files as the kernel writes them.
final class MemoryTest {
    @TempDir Path root = Path.of("");

    @Test
    void theShareOfAProcessIsItsPss() throws Exception {
        file(
                "proc/42/smaps_rollup",
                "55d0-7ffd ---p 00000000 00:00 0 [rollup]\nRss: 9 kB\nPss: 7 kB");

        assertThat(Memory.pss(root, 42)).contains(7 * 1024L);
        assertThat(Memory.pss(root, 43)).isEmpty();
        assertThat(Memory.pss(Path.of("/"), ProcessHandle.current().pid()).orElseThrow())
                .isGreaterThan(10 << 20);
    }

    @Test
    void withoutALimitAllOfTheMachineIsThere() throws Exception {
        file("proc/meminfo", "MemTotal:  16384256 kB\nMemAvailable:    1000 kB\n");
        file("proc/self/cgroup", "0::/a\n");
        file("sys/fs/cgroup/a/memory.max", "max\n");
        file("sys/fs/cgroup/a/memory.current", "5000\n");

        assertThat(Memory.available(root)).isEqualTo(1_024_000);
    }

    @Test
    void theGroupWithTheLeastLeftDecidesAndItsCacheCountsAsFree() throws Exception {
        file("proc/meminfo", "MemAvailable:    1000 kB\n");
        file("proc/self/cgroup", "0::/a/b\n");
        file("sys/fs/cgroup/a/memory.max", "9000\n");
        file("sys/fs/cgroup/a/memory.current", "8000\n");
        file("sys/fs/cgroup/a/memory.stat", "anon 5000\ninactive_file 700\nactive_file 300\n");
        file("sys/fs/cgroup/a/b/memory.max", "90000\n");
        file("sys/fs/cgroup/a/b/memory.current", "8000\n");

        assertThat(Memory.available(root)).isEqualTo(1700);
    }

    @Test
    void theOlderControlGroupsAreUnderstoodToo() throws Exception {
        file("proc/meminfo", "MemAvailable:    1000 kB\n");
        file("proc/self/cgroup", "4:cpu,memory:/docker/x\n1:name=systemd:/y\n");
        file("sys/fs/cgroup/memory/memory.limit_in_bytes", "9000\n");
        file("sys/fs/cgroup/memory/memory.usage_in_bytes", "8000\n");
        file("sys/fs/cgroup/memory/memory.stat", "inactive_file 1\ntotal_inactive_file 20\n");

        assertThat(Memory.available(root)).isEqualTo(1020);
    }

    private void file(String name, String text) throws IOException {
        var file = root.resolve(name);
        Files.createDirectories(file.resolveSibling("."));
        Files.writeString(file, text);
    }
}
