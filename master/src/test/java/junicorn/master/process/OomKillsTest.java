package junicorn.master.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OomKillsTest {
    private static final String V2 = "low 0\nhigh 0\nmax 4\noom 2\noom_kill %d\noom_group_kill 0\n";
    private static final String V1 = "oom_kill_disable 0\nunder_oom 0\noom_kill %d\n";

    @TempDir private Path root = Path.of("");

    @Test
    void eachCountedKillExplainsOneDeath() throws Exception {
        cgroup("0::/app\n");
        write("sys/fs/cgroup/app/memory.events", V2.formatted(3));
        var kills = OomKills.of(root);

        assertThat(kills.claim(at(1))).as("what was before us").isFalse();
        write("sys/fs/cgroup/app/memory.events", V2.formatted(4));

        assertThat(kills.claim(at(2))).isTrue();
        assertThat(kills.claim(at(3))).isFalse();
    }

    @Test
    void aKillThatIsSeenBeforeItsVictimIsReapedStillExplainsIt() throws Exception {
        cgroup("0::/\n");
        write("sys/fs/cgroup/memory.events", V2.formatted(0));
        var kills = OomKills.of(root);

        write("sys/fs/cgroup/memory.events", V2.formatted(1));
        kills.look(at(10));

        assertThat(kills.claim(at(12))).isTrue();
    }

    @Test
    void aKillOfSomethingElseLongAgoExplainsNothing() throws Exception {
        cgroup("0::/\n");
        write("sys/fs/cgroup/memory.events", V2.formatted(0));
        var kills = OomKills.of(root);

        write("sys/fs/cgroup/memory.events", V2.formatted(1));
        kills.look(at(10));

        assertThat(kills.claim(at(60))).isFalse();
    }

    @Test
    void versionOneIsUnderstoodBesideAnEmptyVersionTwo() throws Exception {
        cgroup("9:name=systemd:/\n4:cpu,memory:/app\n0::/\n");
        write("sys/fs/cgroup/memory/app/memory.oom_control", V1.formatted(0));
        var kills = OomKills.of(root);

        write("sys/fs/cgroup/memory/app/memory.oom_control", V1.formatted(2));

        assertThat(kills.areTold()).isTrue();
        assertThat(kills.claim(at(1))).isTrue();
        assertThat(kills.claim(at(1))).isTrue();
        assertThat(kills.claim(at(1))).isFalse();
    }

    @Test
    void inAContainerTheMountIsTheGroup() throws Exception {
        cgroup("0::/system.slice/docker-1234.scope\n");
        write("sys/fs/cgroup/memory.events", V2.formatted(0));

        assertThat(OomKills.of(root).areTold()).isTrue();
    }

    @Test
    void withoutACountNothingIsTold() throws Exception {
        cgroup("0::/\n");

        var kills = OomKills.of(root);

        assertThat(kills.areTold()).isFalse();
        assertThat(kills.claim(at(1))).isFalse();
    }

    private void cgroup(String text) throws IOException {
        write("proc/self/cgroup", text);
    }

    private void write(String file, String text) throws IOException {
        var path = root.resolve(file);
        Files.createDirectories(path.resolve("..").normalize());
        Files.writeString(path, text);
    }

    private static Duration at(int second) {
        return Duration.ofSeconds(second);
    }
}
