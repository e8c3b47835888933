package junicorn.os;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class ProcessesTest {
    private static final Path COMM = Path.of("/proc/self/comm");
    private static final int PR_GET_PDEATHSIG = 2; // <linux/prctl.h>

    @RegisterExtension final Fds fds = new Fds();

    @Test
    void aProcessIsRunningUntilItIsKilledAndThenReapedOnce() {
        long pid =
                Spawn.of(Path.of("/bin/sh"), List.of("-c", "read x <&3"))
                        .open(fds.pair()[0])
                        .start();
        var whileItRuns = Processes.reap(pid);

        boolean signalled = Processes.kill(pid, Signal.KILL);
        var exit = Await.exit(pid);

        assertThat(whileItRuns).isEmpty();
        assertThat(signalled).isTrue();
        assertThat(exit).isEqualTo(new Exit.Killed(9, false));
        assertThat(Processes.kill(pid, Signal.KILL)).isFalse();
        assertThatThrownBy(() -> Processes.reap(pid))
                .hasMessage(
                        "waitpid(%d, WNOHANG) failed: ECHILD (no child processes)".formatted(pid));
    }

    @Test
    void aProcessThatIsNotReapedYetCanStillBeSignalled() {
        long pid = Spawn.of(Path.of("/bin/sh"), List.of("-c", "exit 0")).start();
        Await.until("it is a zombie", () -> stateOf(pid).contains("Z"));

        assertThat(Processes.kill(pid, Signal.TERM)).isTrue();
        assertThat(Await.exit(pid)).isEqualTo(new Exit.Code(0));
    }

    @Test
    void itsExitCodeIsKept() {
        long pid = Spawn.of(Path.of("/bin/sh"), List.of("-c", "exit 42")).start();

        assertThat(Await.exit(pid)).isEqualTo(new Exit.Code(42));
    }

    @Test
    void groupsOfProcessesAreNeitherSignalledNorReaped() {
        for (long pid : new long[] {-1, 0, -4711}) {
            assertThatThrownBy(() -> Processes.kill(pid, Signal.TERM))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("not one process: pid " + pid);
            assertThatThrownBy(() -> Processes.reap(pid))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void theProcessIsNamedAndNotTheThread() throws IOException {
        var former = Files.readString(COMM).strip();
        try {
            assertThat(Processes.name("a name beyond 15 bytes")).isTrue();
            assertThat(Files.readString(COMM)).isEqualTo("a name beyond 1\n");
        } finally {
            assertThat(Processes.name(former)).isTrue();
        }
    }

    @Test
    void theSignalForTheParentsDeathBelongsToTheThreadThatAsked() throws InterruptedException {
        var asked = new AtomicInteger();

        Thread.ofPlatform()
                .start(
                        () -> {
                            Processes.dieWithParent(Signal.WINCH);
                            asked.set(parentDeathSignal());
                        })
                .join();

        assertThat(asked).hasValue(Signal.WINCH.number());
        assertThat(parentDeathSignal()).isZero();
    }

    @Test
    void howAProcessEndedIsToldBeforeItIsReaped() {
        int[] pair = fds.pair();
        long pid =
                Spawn.of(Path.of("/bin/sh"), List.of("-c", "read x <&3; exit 7"))
                        .open(pair[0])
                        .start();
        assertThat(Processes.ended(pid)).isEmpty();

        fds.close(pair[1]);

        Await.until("its end", () -> Processes.ended(pid).isPresent());
        assertThat(Processes.ended(pid)).contains(new Exit.Code(7));
        assertThat(Await.exit(pid)).isEqualTo(new Exit.Code(7));
    }

    private static String stateOf(long pid) {
        try {
            return Files.readString(Path.of("/proc/%d/stat".formatted(pid))).split(" ", 4)[2];
        } catch (IOException unreadable) {
            return unreadable.toString();
        }
    }

    private static int parentDeathSignal() {
        try (var arena = Arena.ofConfined()) {
            var signal = arena.allocate(JAVA_INT);
            assertThat(ProcessCalls.prctl(Errno.in(arena), PR_GET_PDEATHSIG, signal.address()))
                    .isZero();
            return signal.get(JAVA_INT, 0);
        }
    }
}
