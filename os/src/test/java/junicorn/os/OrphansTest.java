package junicorn.os;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// This process asks for what process 1 gets unasked.
final class OrphansTest {
    private static final int PR_SET_CHILD_SUBREAPER = 36; // <linux/prctl.h>

    @TempDir private Path directory;

    @AfterEach
    void likeOthers() {
        adopt(false);
        assertThat(Processes.adoptsOrphans()).isFalse();
    }

    @Test
    void whatLostItsParentIsReapedAndWhatIsOursIsLeftToWhoStartedIt() throws IOException {
        adopt(true);
        assertThat(Processes.adoptsOrphans()).isTrue();
        var file = directory.resolve("pid");
        var script = "(read x <" + fifo() + ") & echo $! > " + file + "; exit 5";
        long ours = Spawn.of(Path.of("/bin/sh"), List.of("-c", script)).start();
        Await.until("its end", () -> Processes.ended(ours).isPresent());
        long orphan = Long.parseLong(Files.readString(file).strip());
        assertThat(Orphans.reap()).as("of those that run").isEmpty();

        Files.writeString(directory.resolve("fifo"), "go on\n");

        Await.until("the orphan's end", () -> Orphans.reap().contains(orphan));
        assertThat(ProcessHandle.of(orphan)).isEmpty();
        assertThat(Await.exit(ours)).isEqualTo(new Exit.Code(5));
    }

    private Path fifo() {
        var fifo = directory.resolve("fifo");
        long maker = Spawn.of(Path.of("/usr/bin/mkfifo"), List.of(fifo.toString())).start();
        assertThat(Await.exit(maker)).isEqualTo(new Exit.Code(0));
        return fifo;
    }

    private static void adopt(boolean yes) {
        try (var arena = Arena.ofConfined()) {
            int on = yes ? 1 : 0;
            assertThat(ProcessCalls.prctl(Errno.in(arena), PR_SET_CHILD_SUBREAPER, on)).isZero();
        }
    }
}
