package junicorn.master.settings;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import junicorn.control.WorkerSettings;
import junicorn.hooks.HookSettings;
import junicorn.master.control.ControlPlace;
import junicorn.scaling.Scaling;
import junicorn.scoreboard.Scoreboard;

/// Everything the master is told at its start.
///
/// @param version of Junicorn, for the log
/// @param workers how many at first; TTIN and TTOU change it
/// @param timeout a ready worker whose beats stand still for longer is killed; zero = never
/// @param bootTimeout a worker that is not ready by then is killed; zero = never
/// @param gracefulTimeout from TERM until what still runs is killed
/// @param files what of the master lies in the file system
/// @param template the workers' settings; slot, generation, listeners and check are filled in
/// @param watched whose change is a reload: files and directories
public record MasterSettings(
        String version,
        List<Bind> binds,
        ListenSettings listen,
        int workers,
        Duration timeout,
        Duration bootTimeout,
        Duration gracefulTimeout,
        Renewal renewal,
        WorkerCommand command,
        WorkerSettings template,
        Files files,
        Scaling scaling,
        HookSettings hooks,
        List<Path> watched) {
    /// Four rows a worker: TTIN doubles them, and as many may be on their way out.
    public static final int WORKERS_MAX = Scoreboard.SLOTS_MAX / 4;

    /// @param pid names the master, see `PidFile`
    /// @param control where operators ask
    public record Files(Optional<Path> pid, ControlPlace control) {
        static final Files NONE = new Files(Optional.empty(), ControlPlace.NONE);
    }

    /// Without any file, with a fixed number of workers, nothing hooked on or watched.
    public MasterSettings(
            String version,
            List<Bind> binds,
            ListenSettings listen,
            int workers,
            Duration timeout,
            Duration bootTimeout,
            Duration gracefulTimeout,
            Renewal renewal,
            WorkerCommand command,
            WorkerSettings template) {
        this(
                version,
                binds,
                listen,
                workers,
                timeout,
                bootTimeout,
                gracefulTimeout,
                renewal,
                command,
                template,
                Files.NONE,
                Scaling.fixed(WORKERS_MAX),
                HookSettings.NONE,
                List.of());
    }

    /// Where the settings come from, to be read again at a reload.
    public interface Reader {
        /// Not called by the master's loop, so it may take its time.
        ///
        /// @param current those in force, from this reader or those of the start: the log tells
        /// what is
        ///     different
        /// @throws Unreadable if they cannot be read, or are wrong
        MasterSettings read(MasterSettings current) throws Unreadable;
    }

    /// Why there are no new settings, in words for the operator.
    public static final class Unreadable extends Exception {
        private static final long serialVersionUID = 1L;

        public Unreadable(String words) {
            super(words);
        }
    }

    public MasterSettings {
        binds = List.copyOf(binds);
        watched = List.copyOf(watched);
        if (workers < 1 || workers > WORKERS_MAX) {
            throw new IllegalArgumentException(
                    "workers must be between 1 and " + WORKERS_MAX + ", was " + workers);
        }
        for (var time : List.of(timeout, bootTimeout, gracefulTimeout)) {
            if (time.isNegative()) {
                throw new IllegalArgumentException("a timeout must not be negative: " + time);
            }
        }
    }

    /// Rows of the scoreboard, for as long as the master lives.
    public int slots() {
        var most = scaling.isFixed() ? workers : Math.max(workers, scaling.workersMax());
        return Math.min(Scoreboard.SLOTS_MAX, Math.max(64, 4 * most + 2 * renewal.standby()));
    }

    /// @throws IllegalArgumentException if there are not enough slots
    public Limits limits(int slots) {
        var cores = Runtime.getRuntime().availableProcessors();
        return new Limits(
                workers, slots, timeout, bootTimeout, gracefulTimeout, cores, scaling, renewal);
    }
}
