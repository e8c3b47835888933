package junicorn.systemtest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.RandomAccessFile;
import java.net.UnixDomainSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import junicorn.os.Processes;
import junicorn.os.Signal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What stops a process, or the reader of its log, stops nobody else.
@SystemTest
final class StandstillTest {
    private static final Duration TIMEOUT = Duration.ofSeconds(4);
    private static final Duration FROZEN = Duration.ofSeconds(8);
    private static final int PIPE_BYTES = 64 * 1024; // see pipe(7)
    private static final int MORE_THAN_A_CHANNEL_HOLDS = 700;

    /// The order in which a master and two workers are stopped and go on, by their numbers here.
    static Stream<List<Integer>> orders() {
        return Stream.of(List.of(0, 1, 2), List.of(1, 2, 0), List.of(2, 0, 1));
    }

    @ParameterizedTest
    @MethodSource("orders")
    void whoWasFrozenTogetherGoesOnTogether(List<Integer> order) {
        try (var server = launch(2).start();
                var load = SteadyLoad.on(server.address())) {
            var workers = List.of(server.worker(0).pid(), server.worker(1).pid());
            var all = new ArrayList<>(List.of(server.pid()));
            all.addAll(workers);

            order.forEach(number -> halt(all.get(number)));
            pass(FROZEN);
            Collections.reverse(all);
            order.forEach(number -> Processes.kill(all.get(number), Signal.CONT));

            assertThat(load.awaitCompleted(50).failures()).isEmpty();
            server.awaitLog("the master could not run for .*; nothing in that time counts");
            assertThat(List.of(server.worker(0).pid(), server.worker(1).pid())).isEqualTo(workers);
            assertThat(server.err().text()).doesNotContain("killing it");
        }
    }

    @Test
    void aStoppedWorkerIsReplacedAndSaidToBeStopped() {
        try (var server = launch(2).workersAreKilled().start()) {
            var victim = server.worker(0);

            halt(victim.pid());

            server.awaitLog("worker 0 is stopped \\(signal STOP\\) and serves nobody pid=");
            server.awaitLog("worker 0 is stopped \\(signal STOP\\) for too long, killing it pid=");
            server.awaitSuccessor(0, victim);
            assertThat(server.err().text()).doesNotContain("thread dump");
        }
    }

    @Test
    void aWorkerThatDoesNotReadHoldsUpNeitherTheMasterNorItsSignals() {
        var launch = launch(2).workersAreKilled();
        try (var server = launch.start()) {
            var victim = server.worker(0);
            halt(victim.pid());

            for (int i = 0; i < MORE_THAN_A_CHANNEL_HOLDS; i++) {
                server.signal(Signal.USR1);
                LockSupport.parkNanos(1_000_000); // or the kernel makes one of them
            }

            assertThat(launch.ask("status").code()).isZero();
            server.awaitSuccessor(0, victim);
            server.signal(Signal.TERM);
            assertThat(server.awaitExit().code()).isZero();
        }
    }

    /// The pipe is full from the start, and its other end open: each line of the log waits for
    /// somebody who never reads.
    @Test
    void aLogThatNobodyReadsHoldsUpNobody() throws Exception {
        var launch = launch(1).workersAreKilled();
        var pipe = launch.work().resolve("log.pipe");
        var socket = UnixDomainSocketAddress.of(launch.work().resolve("s"));
        assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();
        launch.bind("unix:" + socket.getPath())
                .leaves("log.pipe")
                .with("--error-logfile", pipe.toString());
        try (var reader = new RandomAccessFile(pipe.toFile(), "rw")) {
            reader.write(new byte[PIPE_BYTES]);
            try (var server = launch.begin()) {
                var victim = server.awaitReady(0);
                assertThat(answer(socket)).startsWith("a ");
                Processes.kill(victim.pid(), Signal.KILL);
                server.awaitSuccessor(0, victim);
                assertThat(answer(socket)).startsWith("a ");
                assertThat(launch.ask("status", "--bind", "unix:" + socket.getPath()).out())
                        .contains("serving");

                server.signal(Signal.TERM);

                assertThat(server.awaitExit().code()).isZero();
            }
        }
    }

    private static Launch launch(int workers) {
        var seconds = Long.toString(TIMEOUT.toSeconds());
        return new Launch().workers(workers).with("-k", "gthread", "--timeout", seconds);
    }

    private static String answer(UnixDomainSocketAddress socket) throws Exception {
        try (var wire = Wire.to(socket)) {
            return wire.get("/echo?token=a").answer().body();
        }
    }

    private static void halt(long pid) {
        Processes.kill(pid, Signal.STOP);
        Await.until(pid + " at rest", Await.SOON, () -> ProcFiles.state(pid), it -> it == 'T');
    }

    /// Nobody is there to say when it is over: what is tested is that time.
    private static void pass(Duration time) {
        long end = System.nanoTime() + time.toNanos();
        for (long left = time.toNanos(); left > 0; left = end - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }
}
