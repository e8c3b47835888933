package junicorn.os;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class SignalsTest {
    /// Run in a JVM of its own: 0 if it may handle HUP and TERM, else 1 for HUP and 2 for TERM.
    static final class Asking {
        public static void main(String[] arguments) {
            boolean hup = Signals.handle(Signal.HUP, () -> {});
            boolean term = Signals.handle(Signal.TERM, () -> {});
            System.exit((hup ? 0 : 1) + (term ? 0 : 2));
        }
    }

    @Test
    void numbersAndNamesBelongTogether() {
        assertThat(Signal.TERM.number()).isEqualTo(15);
        assertThat(Signal.of(9)).contains(Signal.KILL);
        assertThat(Signal.of(64)).isEmpty();
        for (var signal : Signal.values()) {
            assertThat(Signal.of(signal.number())).contains(signal);
        }
    }

    @Test
    void aHandledSignalRunsItsActionEachTime() throws InterruptedException {
        var first = new CountDownLatch(1);
        var second = new CountDownLatch(2);

        boolean handled =
                Signals.handle(
                        Signal.WINCH,
                        () -> {
                            first.countDown();
                            second.countDown();
                        });
        Processes.kill(ProcessHandle.current().pid(), Signal.WINCH);
        assertThat(first.await(20, TimeUnit.SECONDS)).isTrue();
        Processes.kill(ProcessHandle.current().pid(), Signal.WINCH);

        assertThat(handled).isTrue();
        assertThat(second.await(20, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void anIgnoredSignalDoesNothing() {
        assertThat(Signals.ignore(Signal.TTOU)).isTrue();

        assertThat(Processes.kill(ProcessHandle.current().pid(), Signal.TTOU)).isTrue();
    }

    @Test
    void theJvmsAndTheKernelsOwnSignalsAreRefused() {
        assertThat(Signals.handle(Signal.QUIT, () -> {})).isFalse();
        assertThat(Signals.handle(Signal.SEGV, () -> {})).isFalse();
        assertThat(Signals.handle(Signal.KILL, () -> {})).isFalse();
        assertThat(Signals.ignore(Signal.STOP)).isFalse();
    }

    @Test
    void aHangUpThatWasIgnoredBeforeTheJvmStartedIsRefused() {
        var ours = ProcessHandle.current().info().command().orElseThrow();
        var java =
                "exec '%s' -XX:TieredStopAtLevel=1 -cp '%s' '%s'"
                        .formatted(
                                ours,
                                System.getProperty("java.class.path"),
                                Asking.class.getName());

        var shell = Path.of("/bin/sh");
        long plain = Spawn.of(shell, List.of("-c", java)).start();
        long nohup = Spawn.of(shell, List.of("-c", "trap '' HUP; " + java)).start();

        assertThat(Await.exit(plain)).isEqualTo(new Exit.Code(0));
        assertThat(Await.exit(nohup)).isEqualTo(new Exit.Code(1));
    }
}
