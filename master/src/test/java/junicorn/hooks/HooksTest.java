package junicorn.hooks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import junicorn.api.ServerHooks;
import junicorn.os.Processes;
import junicorn.os.Signal;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Ring 2: with a real shell.
@Timeout(60)
class HooksTest {
    private static final Duration LONG = Duration.ofSeconds(30);
    private static final ServerHooks.Worker WORKER = new ServerHooks.Worker(2, 1, 4711);

    @TempDir @Nullable Path directory;

    @Test
    void aCommandFindsTheFactsInItsEnvironment() throws Exception {
        var line = "echo $JUNICORN_HOOK $JUNICORN_WORKER $JUNICORN_WORKER_PID $JUNICORN_EXIT > ";
        try (var hooks = commands(LONG, "worker_exit", line + file("facts"))) {
            hooks.tell(new Moment.WorkerReady(WORKER));
            hooks.await(new Moment.WorkerExit(WORKER, "signal=KILL"));
        }

        assertThat(file("facts")).hasContent("worker_exit 2 4711 signal=KILL");
    }

    @Test
    void whatIsOnlyForTheMasterIsNotInItsEnvironment() throws Exception {
        try (var hooks = commands(LONG, "on_reload", "echo \"[$HOME]$PATH\" > " + file("seen"))) {
            hooks.await(new Moment.OnReload());
        }

        assertThat(file("seen")).content().startsWith("[]/");
    }

    @Test
    void theLastMomentIsToldHoweverSlowTheHooksOfTheOthersAre() throws Exception {
        var line = "echo $JUNICORN_HOOK >> %s; sleep 300".formatted(file("order"));
        var slow = new HookSettings.Command("worker_exit", line);
        var last = new HookSettings.Command("on_exit", line.replace("sleep 300", "true"));
        var settings = new HookSettings(List.of(slow, last), List.of(), Duration.ofSeconds(1));
        try (var hooks = Hooks.of(settings, Set.of())) {
            for (int i = 0; i < 50; i++) {
                hooks.tell(new Moment.WorkerExit(WORKER, "code=0"));
            }
            hooks.await(new Moment.OnExit());
        }

        assertThat(Files.readAllLines(file("order")))
                .hasSizeLessThan(10)
                .startsWith("worker_exit")
                .endsWith("on_exit");
    }

    @Test
    void momentsComeInTheirOrderAndAFailureStopsNothing() throws Exception {
        var out = file("order");
        try (var hooks =
                commands(
                        LONG,
                        "nworkers_changed",
                        "echo $JUNICORN_WORKERS >> %s; exit 3".formatted(out))) {
            hooks.tell(new Moment.NworkersChanged(3, 2));
            hooks.tell(new Moment.NworkersChanged(4, 3));
            hooks.await(new Moment.NworkersChanged(5, 4));
        }

        assertThat(Files.readAllLines(out)).containsExactly("3", "4", "5");
    }

    @Test
    void aCommandThatTakesTooLongIsKilledWithAllThatItStarted() throws Exception {
        var pids = file("pids");
        var line = "sleep 300 & echo $$ $! > %s; wait".formatted(pids);
        try (var hooks = commands(Duration.ofSeconds(1), "on_exit", line)) {
            hooks.await(new Moment.OnExit());
            hooks.await(new Moment.OnReload()); // nobody hears it: the one before is over
        }

        var started = Files.readString(pids).strip().split(" ");
        assertThat(started).hasSize(2);
        for (var process : started) {
            awaitEnd(process);
        }
    }

    @Test
    void whatStillRunsIsCutShortAtTheEnd() throws Exception {
        var pid = file("pid");
        var hooks = commands(LONG, "on_reload", "echo $$ > %s; sleep 300".formatted(pid));
        hooks.tell(new Moment.OnReload());
        while (!Files.exists(pid) || Files.size(pid) == 0) {
            Thread.onSpinWait();
        }

        hooks.close();

        awaitEnd(Files.readString(pid).strip());
    }

    @Test
    void javaIsFoundByItsServiceFileAndToldEverything() throws Exception {
        Recorder.HEARD.clear();
        try (var hooks = java(Recorder.class, LONG)) {
            hooks.tell(new Moment.OnStarting());
            hooks.tell(new Moment.WhenReady(List.of("http://127.0.0.1:8000")));
            hooks.tell(new Moment.PreSpawn(WORKER));
            hooks.tell(new Moment.WorkerReady(WORKER));
            hooks.tell(new Moment.WorkerExit(WORKER, "code=0"));
            hooks.tell(new Moment.OnReload());
            hooks.tell(new Moment.NworkersChanged(3, 2));
            hooks.await(new Moment.OnExit());
        }

        assertThat(Recorder.HEARD)
                .containsExactly(
                        "starting",
                        "ready at [http://127.0.0.1:8000]",
                        "spawn 2",
                        "ready 2",
                        "exit 2 code=0",
                        "reload",
                        "workers 3 2",
                        "exit");
    }

    @Test
    void javaThatNeverReturnsIsNotCalledAgain() throws Exception {
        Deaf.CALLS.clear();
        try (var hooks = java(Deaf.class, Duration.ofMillis(200))) {
            hooks.tell(new Moment.OnReload());
            hooks.tell(new Moment.OnReload());
            while (Deaf.CALLS.isEmpty()) {
                Thread.onSpinWait();
            }
        }

        assertThat(Deaf.CALLS).hasSize(1);
        Deaf.RELEASED.countDown();
    }

    @Test
    void aMomentThatDoesNotExistIsNoSetting() {
        assertThatThrownBy(() -> new HookSettings.Command("pre_fork", "true"))
                .hasMessage("no such moment: pre_fork");
    }

    private Path file(String name) {
        return Objects.requireNonNull(directory).resolve(name);
    }

    private static Hooks commands(Duration timeout, String moment, String line) {
        var command = new HookSettings.Command(moment, line);
        return Hooks.of(new HookSettings(List.of(command), List.of(), timeout), Set.of("HOME"));
    }

    private Hooks java(Class<? extends ServerHooks> hooks, Duration timeout) throws IOException {
        var services = Files.createDirectories(file("path/META-INF/services"));
        Files.writeString(services.resolve(ServerHooks.class.getName()), hooks.getName());
        return Hooks.of(new HookSettings(List.of(), List.of(file("path")), timeout), Set.of());
    }

    /// Killed it is already; a machine that is busy takes a while to end it.
    private static void awaitEnd(String pid) {
        while (isAlive(pid)) {
            Thread.onSpinWait();
        }
    }

    private static boolean isAlive(String pid) {
        return Processes.kill(Long.parseLong(pid), Signal.CHLD)
                && !ProcessHandle.of(Long.parseLong(pid)).map(HooksTest::isZombie).orElse(true);
    }

    private static boolean isZombie(ProcessHandle process) {
        try {
            return Files.readString(Path.of("/proc/" + process.pid() + "/stat")).contains(") Z ");
        } catch (IOException gone) {
            return true;
        }
    }

    /// Writes down what it hears; fails once.
    public static final class Recorder implements ServerHooks {
        static final BlockingQueue<String> HEARD = new LinkedBlockingQueue<>();

        @Override
        public void onStarting() {
            HEARD.add("starting");
            throw new IllegalStateException("for the log only");
        }

        @Override
        public void whenReady(List<String> addresses) {
            HEARD.add("ready at " + addresses);
        }

        @Override
        public void preSpawn(Worker worker) {
            HEARD.add("spawn " + worker.index());
        }

        @Override
        public void workerReady(Worker worker) {
            HEARD.add("ready " + worker.index());
        }

        @Override
        public void workerExit(Worker worker, String how) {
            HEARD.add("exit " + worker.index() + " " + how);
        }

        @Override
        public void onReload() {
            HEARD.add("reload");
        }

        @Override
        public void nworkersChanged(int workers, int before) {
            HEARD.add("workers " + workers + " " + before);
        }

        @Override
        public void onExit() {
            HEARD.add("exit");
        }
    }

    /// Hears no interrupt.
    public static final class Deaf implements ServerHooks {
        static final BlockingQueue<String> CALLS = new LinkedBlockingQueue<>();
        static final CountDownLatch RELEASED = new CountDownLatch(1);

        @Override
        public void onReload() {
            CALLS.add("reload");
            var released = false;
            while (!released) {
                try {
                    released = RELEASED.await(10, TimeUnit.SECONDS);
                } catch (InterruptedException _) {
                    released = false; // the point of this one
                }
            }
        }
    }
}
