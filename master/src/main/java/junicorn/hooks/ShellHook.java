package junicorn.hooks;

import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import junicorn.os.Exit;
import junicorn.os.PosixException;
import junicorn.os.Processes;
import junicorn.os.Signal;
import junicorn.os.Spawn;

/// A command, run by the shell. It has our environment and the facts, nothing to read, our standard
/// output and error, and a process group of its own: when its time is up all of that is killed.
final class ShellHook implements Hook {
    private static final Path SHELL = Path.of("/bin/sh");

    /// Between two looks whether it has ended. SIGCHLD is the master's loop's.
    private static final Duration LOOK = Duration.ofMillis(10);

    private final HookSettings.Command command;
    private final Set<String> hidden;

    /// @param hidden variables of ours that it does not get
    ShellHook(HookSettings.Command command, Set<String> hidden) {
        this.command = command;
        this.hidden = hidden;
    }

    @Override
    public boolean hears(Moment moment) {
        return command.moment().equals(moment.name());
    }

    @Override
    public Optional<String> run(Moment moment, Duration atMost) throws InterruptedException {
        var environment = new HashMap<>(System.getenv());
        environment.keySet().removeAll(hidden);
        environment.putAll(moment.facts());
        try {
            var pid =
                    Spawn.of(SHELL, List.of("-c", command.line())).environment(environment).start();
            return await(pid, atMost);
        } catch (PosixException failed) {
            return Optional.of(String.valueOf(failed.getMessage()));
        }
    }

    /// Who started it reaps it, on this very thread.
    private static Optional<String> await(long pid, Duration atMost) throws InterruptedException {
        var endNanos = System.nanoTime() + atMost.toNanos();
        var ended = false;
        try {
            while (System.nanoTime() - endNanos < 0) {
                var exit = Processes.reap(pid);
                if (exit.isPresent()) {
                    ended = true;
                    return failure(exit.get());
                }
                Thread.sleep(LOOK);
            }
            return Optional.of("not done after %s, killed".formatted(HookSettings.words(atMost)));
        } finally {
            if (!ended) {
                kill(pid);
            }
        }
    }

    private static Optional<String> failure(Exit exit) {
        return exit.equals(new Exit.Code(0)) ? Optional.empty() : Optional.of(exit.words());
    }

    private static void kill(long pid) {
        Processes.killGroup(pid, Signal.KILL);
        while (Processes.reap(pid).isEmpty()) { // nobody outlives KILL
            Thread.onSpinWait();
        }
    }

    @Override
    public String toString() {
        return "'%s'".formatted(command.line());
    }
}
