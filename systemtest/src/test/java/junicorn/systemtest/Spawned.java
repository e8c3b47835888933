package junicorn.systemtest;

import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import junicorn.os.Exit;
import junicorn.os.Processes;
import junicorn.os.Signal;
import junicorn.os.Spawn;

/// A process that gets descriptors from us, as systemd passes them: the JDK's own cannot. Its
/// output comes through two named pipes.
final class Spawned extends Process {
    private static final String SCRIPT =
            "out=$1 err=$2 work=$3; shift 3; cd \"$work\" && export LISTEN_PID=$$"
                    + " && exec \"$@\" >\"$out\" 2>\"$err\"";

    private final long pid;
    private final InputStream out;
    private final InputStream err;
    private Optional<Exit> exit = Optional.empty();

    private Spawned(long pid, InputStream out, InputStream err) {
        this.pid = pid;
        this.out = out;
        this.err = err;
    }

    /// @param pipes a directory for the pipes
    /// @param fds from 3 on
    static Spawned start(
            List<String> command, Map<String, String> environment, Path work, Path pipes, int[] fds)
            throws IOException, InterruptedException {
        var out = pipes.resolve("out." + System.nanoTime());
        var err = pipes.resolve("err." + System.nanoTime());
        new ProcessBuilder("mkfifo", out.toString(), err.toString()).start().waitFor();
        var words = new ArrayList<>(List.of("-c", SCRIPT, "sh", out.toString(), err.toString()));
        words.add(work.toString());
        words.addAll(command);
        long pid = Spawn.of(Path.of("/bin/sh"), words).environment(environment).open(fds).start();
        // each is open when both ends are, in the order of the shell
        return new Spawned(
                pid, new FileInputStream(out.toFile()), new FileInputStream(err.toFile()));
    }

    @Override
    public long pid() {
        return pid;
    }

    @Override
    public synchronized boolean isAlive() {
        exit = exit.or(() -> Processes.reap(pid));
        return exit.isEmpty();
    }

    @Override
    public int exitValue() {
        if (isAlive()) {
            throw new IllegalThreadStateException("it runs");
        }
        return exit.orElseThrow() instanceof Exit.Code(int code) ? code : -1;
    }

    @Override
    public int waitFor() {
        return Await.until("the end of " + pid, Await.BOOT, this::isAlive, alive -> !alive)
                ? -1
                : exitValue();
    }

    @Override
    public InputStream getInputStream() {
        return out;
    }

    @Override
    public InputStream getErrorStream() {
        return err;
    }

    @Override
    public OutputStream getOutputStream() {
        return OutputStream.nullOutputStream();
    }

    @Override
    public void destroy() {
        kill(Signal.TERM);
    }

    @Override
    public Process destroyForcibly() {
        kill(Signal.KILL);
        return this;
    }

    private void kill(Signal signal) {
        if (isAlive()) {
            Processes.kill(pid, signal);
        }
    }
}
