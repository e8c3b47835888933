package junicorn.systemtest;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.MatchResult;
import java.util.stream.IntStream;
import junicorn.os.Processes;
import junicorn.os.Signal;
import junicorn.scoreboard.Scoreboard;
import junicorn.scoreboard.Slot;
import junicorn.scoreboard.WorkerState;

/// The real command, running: a master with its workers in a directory of their own.
///
/// [#close] stops it and proves that nothing is left of it: no process, no listener, no file.
final class RunningServer implements AutoCloseable {
    private static final Duration LEFTOVERS_VANISH = Duration.ofSeconds(5);

    private final Launch launch;
    private final Process process;
    private final Transcript out;
    private final Transcript err;
    private Optional<Scoreboard> scoreboard = Optional.empty();
    private List<SocketAddress> addresses = List.of();

    RunningServer(Launch launch, Process process) {
        this.launch = launch;
        this.process = process;
        out = new Transcript("stdout of " + process.pid(), process.getInputStream());
        err = new Transcript("stderr of " + process.pid(), process.getErrorStream());
        TellOnFailure.remember(this);
    }

    /// The usual server with so many workers, all of them ready.
    static RunningServer start(int workers) {
        return new Launch().workers(workers).start();
    }

    /// Waits until the server listens and every worker is ready.
    RunningServer awaitReady() {
        awaitListening();
        IntStream.range(0, launch.workers()).forEach(this::awaitReady);
        return this;
    }

    /// Waits until the server says where it listens.
    RunningServer awaitListening() {
        addresses = launch.binds().stream().map(bind -> Listening.await(err, bind)).toList();
        return this;
    }

    long pid() {
        return process.pid();
    }

    Path directory() {
        return launch.directory();
    }

    /// Where it listens, in the order of the `--bind` options.
    SocketAddress address(int index) {
        return addresses.get(index);
    }

    SocketAddress address() {
        return address(0);
    }

    int port() {
        return ((InetSocketAddress) address()).getPort();
    }

    Transcript out() {
        return out;
    }

    Transcript err() {
        return err;
    }

    MatchResult awaitLog(String regex) {
        return err.await(regex, Await.BOOT); // most of them tell of a start
    }

    /// The scoreboard's view of a worker; it can be read when the master is dead, too.
    Slot.View worker(int slot) {
        return scoreboard().slot(slot).view();
    }

    List<Slot.View> workers() {
        return IntStream.range(0, launch.workers()).mapToObj(this::worker).toList();
    }

    Slot.View awaitWorker(int slot, Predicate<Slot.View> wanted) {
        return awaitWorker(slot, Await.BOOT, wanted);
    }

    Slot.View awaitWorker(int slot, Duration atMost, Predicate<Slot.View> wanted) {
        return Await.until("worker " + slot, atMost, () -> aliveWorker(slot), wanted);
    }

    /// Waits until a worker is ready in the slot, and the master knows.
    Slot.View awaitReady(int slot) {
        return told(slot, awaitWorker(slot, view -> view.pid() != 0 && isReady(view)));
    }

    /// Waits until another process than this one is ready in the slot, and the master knows.
    Slot.View awaitSuccessor(int slot, Slot.View victim) {
        return told(
                slot,
                awaitWorker(
                        slot,
                        view -> view.pid() != 0 && view.pid() != victim.pid() && isReady(view)));
    }

    private static boolean isReady(Slot.View view) {
        return view.state() == WorkerState.READY;
    }

    /// A worker tells the table first: one that is killed just then was never ready to the master.
    private Slot.View told(int slot, Slot.View ready) {
        if (launch.logsToStandardError()) {
            err.await("worker %d ready pid=%d ".formatted(slot, ready.pid()), Await.BOOT);
        }
        return ready;
    }

    /// Waits until the worker runs a request.
    Slot.View awaitBusy(int slot) {
        return awaitWorker(slot, view -> view.busy() > 0);
    }

    /// Waits until so many workers run a request.
    void awaitBusyWorkers(int count) {
        Await.until(count + " busy workers", Await.SOON, this::busySlots, it -> it.size() >= count);
    }

    /// The workers that run a request now.
    List<Integer> busySlots() {
        return IntStream.range(0, launch.workers())
                .filter(slot -> worker(slot).busy() > 0)
                .boxed()
                .toList();
    }

    /// One request on a connection of its own.
    Answer get(String path) throws IOException {
        try (var wire = connect()) {
            return wire.get(path).answer();
        }
    }

    Wire connect() throws IOException {
        return Wire.to(address());
    }

    /// A request that keeps a worker busy until [#release], and is running when this returns.
    Wire hold(String token) throws IOException {
        int before = busySlots().size();
        var wire = connect().get("/slow?token=" + token + "&until=" + released());
        awaitBusyWorkers(before + 1);
        return wire;
    }

    /// Lets all that is on [#hold] be answered.
    void release() throws IOException {
        Files.createFile(released());
    }

    private Path released() {
        return launch.directory().resolve("released");
    }

    void signal(Signal signal) {
        Processes.kill(pid(), signal);
    }

    Ended awaitExit() {
        return awaitExit(Await.BOOT);
    }

    /// Waits until the master has ended and nobody holds its output any more.
    Ended awaitExit(Duration atMost) {
        Await.until("the end of the master", atMost, () -> this, server -> !server.alive());
        Await.until("the end of its output", atMost, this::outputEnded, ended -> ended);
        return new Ended(process.exitValue(), out.text(), err.text());
    }

    boolean alive() {
        return process.isAlive();
    }

    @Override
    public void close() {
        var left = new ArrayList<String>(stop());
        left.addAll(remains());
        launch.delete();
        if (!left.isEmpty()) {
            throw new AssertionError("the server left behind: " + left);
        }
    }

    @Override
    public String toString() {
        return "server %d%n--- stdout%n%s%n--- stderr%n%s".formatted(pid(), out.text(), err.text());
    }

    /// Stops it as an operator would; a master that must be killed is a fault to report.
    private List<String> stop() {
        process.destroy();
        try {
            Await.until("the end of the master", Await.SOON, this::alive, alive -> !alive);
            return List.of();
        } catch (AssertionError stays) {
            process.destroyForcibly();
            return List.of("a master that does not stop on TERM");
        }
    }

    /// A process that ends closes its sockets after it has lost its memory, so all is asked for a
    /// moment.
    private List<String> remains() {
        try {
            return Await.until("nothing", LEFTOVERS_VANISH, this::lookForRemains, List::isEmpty);
        } catch (AssertionError remain) {
            Leftovers.processes(launch.directory()).forEach(RunningServer::kill);
            return List.of(String.valueOf(remain.getMessage()));
        }
    }

    private List<String> lookForRemains() {
        var remains = new ArrayList<String>();
        Leftovers.processes(launch.directory()).forEach(it -> remains.add("process " + it));
        addresses.stream()
                .filter(Listening::inUse)
                .forEach(address -> remains.add("a listener at " + address));
        launch.unexpectedFiles().forEach(file -> remains.add("file " + file));
        return remains;
    }

    private static void kill(String process) {
        Processes.kill(Long.parseLong(process.split(" ", 2)[0]), Signal.KILL);
    }

    private boolean outputEnded() {
        return out.ended() && err.ended();
    }

    private Slot.View aliveWorker(int slot) {
        if (!alive()) {
            throw new AssertionError("the master ended with code " + process.exitValue());
        }
        return worker(slot);
    }

    private Scoreboard scoreboard() {
        if (scoreboard.isEmpty()) {
            scoreboard =
                    Optional.of(
                            Await.until(
                                            "the scoreboard",
                                            Await.BOOT,
                                            this::findScoreboard,
                                            Optional::isPresent)
                                    .orElseThrow());
        }
        return scoreboard.orElseThrow();
    }

    /// The master holds the memory file open under its name, see memfd_create(2).
    private Optional<Scoreboard> findScoreboard() {
        try (var files = Files.list(Path.of("/proc", Long.toString(pid()), "fd"))) {
            for (var file : files.toList()) {
                if (Files.readSymbolicLink(file)
                        .toString()
                        .startsWith("/memfd:junicorn-scoreboard")) {
                    return Optional.of(Scoreboard.read(file));
                }
            }
        } catch (IOException | IllegalArgumentException notYet) {
            // it starts, or a file was closed while we looked, or the table is just being made
        }
        return Optional.empty();
    }
}
