package junicorn.systemtest;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// How to start a server, and the directory it gets for itself: the usual, and what a test wants
/// otherwise.
///
/// The usual is the fixture application with one worker on a free TCP port of the loopback address.
/// In the directory are the WAR, its mood file, `work`, where the server runs, and `temp`, where
/// its workers unpack the application.
final class Launch {
    /// A shell's background jobs, and so tests that run in one, are born with signals ignored.
    private static final List<String> LIKE_AT_A_TERMINAL =
            List.of("env", "--default-signal=HUP,INT,QUIT");

    private final Path directory;
    private final List<String> options = new ArrayList<>();
    private final Map<String, String> environment = new LinkedHashMap<>();
    private final Set<String> leaves = new TreeSet<>();
    private Path executable = Account.HOME.resolve("bin/junicorn");
    private Optional<Path> application = Optional.empty();
    private List<String> binds = List.of("127.0.0.1:0");
    private int workers = 1;
    private String jvm = "-XX:TieredStopAtLevel=1"; // halves the start of a worker
    private boolean workersMayLeave;
    private boolean masterMayLeave;
    private int[] passed = {};

    Launch() {
        directory = newDirectory();
        environment.put("JUNICORN_SYSTEMTEST", directory.toString());
        environment.put("XDG_RUNTIME_DIR", directory.toString()); // of the control socket
    }

    boolean logsToStandardError() {
        return !options.contains("--error-logfile");
    }

    Launch workers(int count) {
        workers = count;
        return this;
    }

    Launch with(String... more) {
        options.addAll(List.of(more));
        return this;
    }

    Launch application(Path war) {
        application = Optional.of(war);
        return this;
    }

    /// With the workers' JVM as everybody gets it, which starts more slowly.
    Launch asShipped() {
        jvm = "";
        return this;
    }

    Launch executable(Path command) {
        executable = command;
        return this;
    }

    Launch bind(String... addresses) {
        binds = List.of(addresses);
        return this;
    }

    /// The descriptors that it gets from 3 on, and LISTEN_PID with them.
    Launch passing(int... fds) {
        passed = fds.clone();
        return this;
    }

    Launch environment(String name, String value) {
        environment.put(name, value);
        return this;
    }

    /// Files in the work directory that may be there at the end.
    Launch leaves(String... files) {
        leaves.addAll(List.of(files));
        return this;
    }

    /// How the application starts from now on, see `fixture.Mood`.
    Launch mood(String mood) {
        try {
            Files.writeString(moodFile(), mood);
            return this;
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /// For a test that ends with workers that were killed: they cannot remove what they unpacked.
    Launch workersAreKilled() {
        workersMayLeave = true;
        return this;
    }

    /// For a test that kills the master: it cannot remove its control socket, nor can its workers
    /// what they unpacked.
    Launch masterIsKilled() {
        masterMayLeave = true;
        return workersAreKilled();
    }

    Path work() {
        return directory.resolve("work");
    }

    Path directory() {
        return directory;
    }

    Path moodFile() {
        return directory.resolve("mood");
    }

    int workers() {
        return workers;
    }

    List<String> binds() {
        return binds;
    }

    /// Starts the server and waits until all its workers are ready.
    RunningServer start() {
        var server = begin();
        try {
            return server.awaitReady();
        } catch (RuntimeException | AssertionError notReady) {
            server.close();
            throw notReady;
        }
    }

    /// Starts the server and waits for nothing.
    RunningServer begin() {
        var command = new ArrayList<String>(List.of(executable.toString()));
        binds.forEach(bind -> command.addAll(List.of("--bind", bind)));
        command.addAll(List.of("--workers", Integer.toString(workers)));
        command.addAll(List.of("--java-opts", jvm + " -Djava.io.tmpdir=" + temp()));
        command.addAll(options);
        command.add(application.orElseGet(this::fixture).toString());
        return new RunningServer(this, process(command));
    }

    /// Runs the server to the end it comes to by itself.
    Ended run() {
        try (var server = begin()) {
            return server.awaitExit();
        }
    }

    /// Runs the command with nothing but these arguments.
    Ended run(String... arguments) {
        var command = new ArrayList<String>(List.of(executable.toString()));
        command.addAll(List.of(arguments));
        try (var server = new RunningServer(this, process(command))) {
            return server.awaitExit();
        }
    }

    /// Asks the server that was started from here, as an operator does.
    Ended ask(String... words) {
        var command = new ArrayList<String>(List.of(executable.toString()));
        command.addAll(List.of(words));
        return Asking.run(process(command));
    }

    /// What lies there and should not.
    Set<String> unexpectedFiles() {
        var files = Leftovers.files(work());
        var controlSockets = directory.resolve("junicorn");
        if (!masterMayLeave && Files.exists(controlSockets)) {
            files.addAll(Leftovers.files(controlSockets));
        }
        files.removeAll(leaves);
        if (!workersMayLeave) {
            files.addAll(Leftovers.files(temp()));
        }
        return files;
    }

    void delete() {
        try (var files = Files.walk(directory)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private Path temp() {
        return directory.resolve("temp");
    }

    /// The fixture application as a WAR file.
    Path fixture() {
        return Wars.file(directory.resolve("fixture.war"), moodFile());
    }

    private Process process(List<String> command) {
        try {
            Account.give(directory);
            var all = new ArrayList<>(LIKE_AT_A_TERMINAL);
            all.addAll(Account.prefix());
            all.addAll(command);
            var builder = new ProcessBuilder(all).directory(work().toFile());
            builder.environment().remove("WEB_CONCURRENCY");
            builder.environment().putAll(environment);
            return passed.length == 0
                    ? builder.start()
                    : Spawned.start(all, builder.environment(), work(), directory, passed);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        } catch (InterruptedException failed) {
            throw new AssertionError(failed);
        }
    }

    private static Path newDirectory() {
        try {
            var directory = Files.createTempDirectory("junicorn-test-").toRealPath();
            Files.createDirectory(directory.resolve("work"));
            Files.createDirectory(directory.resolve("temp"));
            return directory;
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
