package junicorn.master;

import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.function.Supplier;
import junicorn.control.WarmUp;
import junicorn.control.WorkerSettings;
import junicorn.master.process.FakeWorker;
import junicorn.master.settings.Bind;
import junicorn.master.settings.ListenSettings;
import junicorn.master.settings.MasterSettings;
import junicorn.master.settings.Renewal;
import junicorn.master.settings.WorkerCommand;
import junicorn.os.Processes;
import junicorn.os.Signal;
import junicorn.scoreboard.Scoreboard;
import junicorn.scoreboard.Slot;
import junicorn.scoreboard.WorkerState;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Ring 2, with real processes: a master in this JVM and fake workers. The signals go to this JVM,
/// and only once a worker is ready: before that the master does not handle them yet.
@Timeout(180)
public class MasterTest {
    /// JVMs start slowly on a machine that is busy with something else.
    private static final Duration BOOT = ofSeconds(60);

    private static final Duration PATIENCE = ofSeconds(60);
    private static final long THIS_PROCESS = ProcessHandle.current().pid();

    @TempDir Path directory;
    private @Nullable Bind bind;

    @Test
    void aKilledWorkerIsReplacedAndNoClientIsLostWhenTheServerStops() throws Exception {
        var code = run("serves", 2, ofSeconds(30));
        var first = await(0, MasterTest::isReady);
        var neighbour = await(1, MasterTest::isReady);
        assertThat(answer(connect())).isIn(first.pid(), neighbour.pid());

        Processes.kill(first.pid(), Signal.KILL);
        var successor = await(0, view -> view.pid() != first.pid() && isReady(view));
        Processes.kill(THIS_PROCESS, Signal.TTIN);
        var third = await(2, MasterTest::isReady);
        Processes.kill(THIS_PROCESS, Signal.TTOU);
        await(2, view -> view.state() == WorkerState.FREE);
        var client = connect();
        Processes.kill(THIS_PROCESS, Signal.TERM);

        assertThat(answer(client)).isIn(successor.pid(), neighbour.pid());
        assertThat(code.get(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isZero();
        assertThat(List.of(first, successor, neighbour, third)).noneMatch(MasterTest::isAlive);
        assertThat(socket()).doesNotExist();
    }

    @Test
    void everyClientThatGotAConnectionGetsAnAnswerWhenTheServerStops() throws Exception {
        var address = freeAddress();
        bind = new Bind.Tcp(address.getHostString(), address.getPort());
        var code = run("serves", 2, ofSeconds(30));
        await(0, MasterTest::isReady);
        var answers = new AtomicInteger();
        var load = new ArrayList<CompletableFuture<Void>>();
        for (int client = 0; client < 8; client++) {
            load.add(CompletableFuture.runAsync(() -> ask(address, answers, code)));
        }
        awaitThat(() -> answers.get() > 500, answers::toString);

        Processes.kill(THIS_PROCESS, Signal.TERM);

        assertThat(code.get(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isZero();
        for (var client : load) {
            client.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        }
    }

    /// One connection after the other until the server is gone. Not to get one is no failure.
    private static void ask(
            InetSocketAddress address, AtomicInteger answers, CompletableFuture<Integer> end) {
        while (!end.isDone()) {
            try (var client = new Socket()) {
                try {
                    client.connect(address, 300);
                } catch (IOException _) {
                    continue;
                }
                assertThat(client.getInputStream().readAllBytes()).isNotEmpty();
                answers.incrementAndGet();
            } catch (IOException lost) {
                throw new UncheckedIOException(lost);
            }
        }
    }

    private static InetSocketAddress freeAddress() throws IOException {
        try (var probe = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return new InetSocketAddress(probe.getInetAddress(), probe.getLocalPort());
        }
    }

    @Test
    void aWorkerThatSticksIsKilledAndIntEndsTheServerQuickly() throws Exception {
        var code = run("sticks", 1, ofSeconds(1));
        var stuck = await(0, MasterTest::isReady);

        var successor = await(0, view -> view.pid() != stuck.pid() && isReady(view));
        // a shell that runs the tests in the background has INT ignored, for good
        Processes.kill(THIS_PROCESS, isIgnored(Signal.INT) ? Signal.TERM : Signal.INT);

        assertThat(code.get(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isZero();
        assertThat(List.of(stuck, successor)).noneMatch(MasterTest::isAlive);
    }

    @Test
    void anApplicationThatNeverStartsEndsTheServer() throws Exception {
        assertThat(run("fails", 2, ofSeconds(30)).get(PATIENCE.toSeconds(), TimeUnit.SECONDS))
                .isEqualTo(1);

        assertThat(socket()).doesNotExist();
    }

    @Test
    void aJavaThatIsNotThereEndsTheServer() throws Exception {
        var settings = settings("serves", 2, ofSeconds(30), Path.of("/no/such/java"));

        assertThat(CompletableFuture.supplyAsync(() -> Master.run(settings)).get()).isEqualTo(1);
    }

    @Test
    void aCheckLoadsTheApplicationOnce() {
        assertThat(Check.run(settings("serves", 2, ofSeconds(30), java()))).isZero();
        assertThat(Check.run(settings("fails", 2, ofSeconds(30), java()))).isEqualTo(1);
    }

    private CompletableFuture<Integer> run(String application, int workers, Duration timeout) {
        var settings = settings(application, workers, timeout, java());
        var code = new CompletableFuture<Integer>();
        new Thread(() -> code.complete(Master.run(settings)), "master").start();
        return code;
    }

    private MasterSettings settings(
            String application, int workers, Duration timeout, Path executable) {
        var classPath =
                Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                        .map(Path::of)
                        .toList();
        var jvmOptions =
                List.of("--enable-native-access=ALL-UNNAMED", "-XX:TieredStopAtLevel=1", "-Xmx32m");
        return new MasterSettings(
                "test",
                List.of(bind == null ? new Bind.Unix(socket()) : bind),
                new ListenSettings(64, false, false),
                workers,
                timeout,
                ofSeconds(30),
                BOOT,
                Renewal.USUAL,
                new WorkerCommand(
                        executable, jvmOptions, List.of(), classPath, FakeWorker.class.getName()),
                template(application, workers));
    }

    public static WorkerSettings template(String application, int workers) {
        return new WorkerSettings(
                new WorkerSettings.Place(0, 0, workers, false),
                List.of(),
                new WorkerSettings.Hosted(application, List.of(), "/"),
                new WorkerSettings.Capacity("sync", 1, 1),
                new WorkerSettings.Deadlines(
                        ofSeconds(10),
                        ofSeconds(10),
                        ofSeconds(10),
                        ofSeconds(2),
                        ofSeconds(10),
                        ofSeconds(0),
                        ofSeconds(5)),
                new WorkerSettings.RequestLimits(
                        1 << 20, 4094, 100, 8190, 0, ofSeconds(20), 500, "default"),
                new WorkerSettings.Logs(Optional.empty(), "", Optional.empty(), "info"),
                WarmUp.NONE,
                WorkerSettings.Recycling.NONE,
                false);
    }

    /// See proc_pid_status(5): a mask, in which signal 1 is the lowest bit.
    private static boolean isIgnored(Signal signal) throws IOException {
        try (var lines = Files.lines(Path.of("/proc/self/status"))) {
            var mask = lines.filter(it -> it.startsWith("SigIgn:")).findFirst().orElseThrow();
            var ignored = Long.parseUnsignedLong(mask.substring("SigIgn:".length()).strip(), 16);
            return (ignored >> (signal.number() - 1) & 1) == 1;
        }
    }

    private static Path java() {
        return Path.of(System.getProperty("java.home"), "bin", "java");
    }

    private Path socket() {
        return directory.resolve("junicorn.sock");
    }

    private SocketChannel connect() throws IOException {
        return SocketChannel.open(UnixDomainSocketAddress.of(socket()));
    }

    private static long answer(SocketChannel client) throws IOException {
        try (client) {
            var bytes = ByteBuffer.allocate(32);
            while (client.read(bytes) >= 0) {}
            return Long.parseLong(StandardCharsets.US_ASCII.decode(bytes.flip()).toString());
        }
    }

    private static boolean isReady(Slot.View view) {
        return view.state() == WorkerState.READY && view.pid() != 0;
    }

    private static boolean isAlive(Slot.View worker) {
        return ProcessHandle.of(worker.pid()).isPresent();
    }

    private static Slot.View await(int slot, Predicate<Slot.View> condition) {
        var seen = new ArrayList<Slot.View>();
        awaitThat(
                () -> {
                    scoreboard().ifPresent(it -> seen.add(it.slot(slot).view()));
                    return !seen.isEmpty() && condition.test(seen.getLast());
                },
                () -> "slot " + slot + " " + seen.subList(seen.size() - 1, seen.size()));
        return seen.getLast();
    }

    private static void awaitThat(BooleanSupplier condition, Supplier<String> lastSeen) {
        var endNanos = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > endNanos) {
                throw new AssertionError("it did not come; last seen " + lastSeen.get());
            }
            LockSupport.parkNanos(5_000_000);
        }
    }

    /// As a stranger finds it: among the descriptors of the master, which is this process.
    private static Optional<Scoreboard> scoreboard() {
        try (var fds = Files.list(Path.of("/proc/self/fd"))) {
            for (var fd : fds.toList()) {
                if (Files.isSymbolicLink(fd)
                        && Files.readSymbolicLink(fd).toString().contains(Scoreboard.NAME)) {
                    return Optional.of(Scoreboard.read(fd));
                }
            }
            return Optional.empty();
        } catch (IOException | IllegalArgumentException _) { // closed meanwhile, or not yet written
            return Optional.empty();
        }
    }
}
