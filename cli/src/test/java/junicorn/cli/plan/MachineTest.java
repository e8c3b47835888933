package junicorn.cli.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class MachineTest {
    private static final long MEGABYTE = 1 << 20;

    @TempDir Path root = Path.of("");

    @BeforeEach
    void aMachineOf16Gigabytes() throws IOException {
        file("proc/meminfo", "MemTotal:       16777216 kB\nMemFree:        1234 kB\n");
    }

    @Test
    void withoutControlGroupsTheMachineIsTheLimit() {
        assertThat(Machine.memory(root)).isEqualTo(16_384 * MEGABYTE);
    }

    @Test
    void theLeastLimitOfTheGroupAndThoseAroundItCounts() throws IOException {
        file("proc/self/cgroup", "0::/web.slice/shop.service\n");
        file("sys/fs/cgroup/web.slice/memory.max", 512 * MEGABYTE + "\n");
        file("sys/fs/cgroup/web.slice/shop.service/memory.max", "max\n");

        assertThat(Machine.memory(root)).isEqualTo(512 * MEGABYTE);
    }

    @Test
    void inAContainerTheMountItselfIsTheGroup() throws IOException {
        file("proc/self/cgroup", "0::/\n");
        file("sys/fs/cgroup/memory.max", 256 * MEGABYTE + "\n");

        assertThat(Machine.memory(root)).isEqualTo(256 * MEGABYTE);
    }

    @Test
    void aPathOfTheHostFallsBackToTheMount() throws IOException {
        file("proc/self/cgroup", "0::/docker/0123456789ab\n");
        file("sys/fs/cgroup/memory.max", 256 * MEGABYTE + "\n");

        assertThat(Machine.memory(root)).isEqualTo(256 * MEGABYTE);
    }

    @Test
    void versionOneHasAFolderForEachController() throws IOException {
        file("proc/self/cgroup", "12:cpu,cpuacct:/a\n3:memory:/a\n0::/\n");
        file("sys/fs/cgroup/memory/memory.limit_in_bytes", "9223372036854771712\n");
        file("sys/fs/cgroup/memory/a/memory.limit_in_bytes", 384 * MEGABYTE + "\n");

        assertThat(Machine.memory(root)).isEqualTo(384 * MEGABYTE);
    }

    @Test
    void aGroupOutsideTheMountIsNotFollowed() throws IOException {
        file("proc/self/cgroup", "0::/../../../..\n");
        file("memory.max", "1\n");

        assertThat(Machine.memory(root)).isEqualTo(16_384 * MEGABYTE);
    }

    @Test
    void thisMachineHasMemoryAndCores() {
        var machine = Machine.here();

        assertThat(machine.memoryBytes()).isBetween(64 * MEGABYTE, 1L << 50);
        assertThat(machine.cores()).isPositive();
    }

    private void file(String path, String text) throws IOException {
        var file = root.resolve(path);
        Files.createDirectories(file.resolveSibling("."));
        Files.writeString(file, text);
    }
}
