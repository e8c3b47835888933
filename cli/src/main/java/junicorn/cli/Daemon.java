package junicorn.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.PrintStream;
import java.lang.foreign.Arena;
import java.lang.foreign.ValueLayout;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import junicorn.cli.settings.Misuse;
import junicorn.cli.settings.ServerSettings;
import junicorn.cli.settings.Values;
import junicorn.master.settings.Invocation;
import junicorn.os.Errno;
import junicorn.os.Exit;
import junicorn.os.PosixException;
import junicorn.os.Processes;
import junicorn.os.Signal;
import junicorn.os.Signals;
import junicorn.os.Sockets;
import junicorn.os.Spawn;

/// A server in the background: this command starts itself again, without a terminal, and waits
/// until that one serves or has failed. Until then it shows the other's log.
final class Daemon {
    /// In the environment of the one in the background: the descriptor by which it reports.
    static final String VARIABLE = Invocation.BACKGROUND;

    private static final int REPORT_FD = 3;
    private static final int MESSAGE_BYTES_MAX = 64 * 1024;

    /// Between two looks at a process that is ending.
    private static final long LOOK_NANOS = 5_000_000;

    private final long pid;
    private final int report;
    private final PrintStream err;

    private Daemon(long pid, int report, PrintStream err) {
        this.pid = pid;
        this.report = report;
        this.err = err;
    }

    /// Whether this call is to stay in the foreground: it is in the background already, or an old
    /// master has started it.
    static boolean isWanted(Values values, Map<String, String> environment) {
        return values.get(ServerSettings.DAEMON)
                && !environment.containsKey(VARIABLE)
                && !environment.containsKey(Invocation.UPGRADE);
    }

    /// @param log where its log will be
    /// @return the exit code: 0 when it serves; else that of the one in the background
    static int start(Invocation invocation, PrintStream err, Optional<String> log) {
        var command =
                invocation
                        .command()
                        .orElseThrow(() -> new Misuse("--daemon needs a start by bin/junicorn"));
        var environment = new HashMap<>(invocation.environment());
        environment.put(VARIABLE, Integer.toString(REPORT_FD));
        var pair = Sockets.pair();
        try {
            var pid =
                    Spawn.of(command, invocation.words())
                            .environment(environment)
                            .open(pair[1])
                            .detached()
                            .start();
            Sockets.close(pair[1]); // else its end would never be seen
            return new Daemon(pid, pair[0], err).await(log);
        } catch (PosixException failed) {
            err.println("junicorn: " + failed.getMessage());
            return 1;
        }
    }

    /// Whoever stops us while we wait means the server.
    private int await(Optional<String> log) {
        for (var signal : new Signal[] {Signal.INT, Signal.TERM, Signal.HUP}) {
            Signals.handle(signal, () -> Processes.kill(pid, Signal.TERM));
        }
        if (relay()) {
            err.printf(
                    "junicorn: running in the background pid=%d, %s%n",
                    pid,
                    log.map(file -> "log in " + file)
                            .orElse("log nowhere: --error-logfile keeps it"));
            return 0;
        }
        return exitCode();
    }

    /// Shows what it says, until it is ready: true; or gone.
    private boolean relay() {
        try (var arena = Arena.ofConfined()) {
            var message = arena.allocate(MESSAGE_BYTES_MAX);
            while (true) {
                int length = Sockets.receiveBlocking(report, message);
                if (length == 0) {
                    return false;
                }
                var bytes = message.asSlice(0, length).toArray(ValueLayout.JAVA_BYTE);
                if (bytes[0] == Voice.READY) {
                    return true;
                }
                err.write(bytes, 0, bytes.length);
                err.flush();
            }
        } catch (PosixException gone) {
            if (gone.errno() != Errno.ECONNRESET) {
                throw gone;
            }
            return false;
        }
    }

    private int exitCode() {
        while (true) {
            var exit = Processes.reap(pid);
            if (exit.isPresent()) {
                if (exit.get() instanceof Exit.Code(int code)) {
                    return code == 0 ? 1 : code; // it ended before it served
                }
                err.println("junicorn: the server died " + exit.get().words());
                return 1;
            }
            LockSupport.parkNanos(LOOK_NANOS);
        }
    }

    /// The other side: what the one in the background says to the one that waits.
    static final class Voice {
        private static final byte READY = 0;

        private final int fd;
        private boolean open = true;

        private Voice(int fd) {
            this.fd = fd;
        }

        /// @return what does nothing where nobody waits
        static Voice of(Map<String, String> environment) {
            var text = environment.getOrDefault(VARIABLE, "");
            if (!text.equals(Integer.toString(REPORT_FD))) {
                return new Voice(-1);
            }
            try {
                Sockets.closeOnExec(REPORT_FD, true);
                return new Voice(REPORT_FD);
            } catch (PosixException _) { // a variable that somebody else has set
                return new Voice(-1);
            }
        }

        synchronized void say(String text) {
            send(text.getBytes(UTF_8));
        }

        /// It serves; nobody listens from now on.
        synchronized void ready() {
            send(new byte[] {READY});
            if (open && fd >= 0) {
                open = false;
                Sockets.close(fd);
            }
        }

        /// If the other is gone, there is nobody to tell; the server goes on.
        private void send(byte[] bytes) {
            if (!open || fd < 0) {
                return;
            }
            try (var arena = Arena.ofConfined()) {
                var length = Math.min(bytes.length, MESSAGE_BYTES_MAX);
                var message = arena.allocateFrom(ValueLayout.JAVA_BYTE, bytes).asSlice(0, length);
                Sockets.sendBlocking(fd, message);
            } catch (PosixException _) {
                open = false;
                Sockets.close(fd);
            }
        }
    }
}
