package junicorn.master;

import java.lang.System.Logger.Level;
import junicorn.control.WorkerSettings;
import junicorn.master.listen.Listeners;
import junicorn.master.settings.MasterSettings;

/// The first lines of the log: where the server listens, and what serves.
final class StartupLines {
    private static final System.Logger LOG = System.getLogger(Master.class.getName());

    private StartupLines() {}

    static void log(MasterSettings settings, Listeners listeners) {
        var pid = ProcessHandle.current().pid();
        for (var listener : listeners.named()) {
            LOG.log(Level.INFO, "listening at %s pid=%d".formatted(listener.name(), pid));
        }
        var capacity = settings.template().capacity();
        LOG.log(
                Level.INFO,
                "using worker class %s workers=%d%s"
                        .formatted(capacity.workerClass(), settings.workers(), limits(capacity)));
    }

    /// What bounds the requests and connections of one worker; only what its class heeds.
    private static String limits(WorkerSettings.Capacity capacity) {
        var connections = " connections=" + capacity.connections();
        return switch (capacity.workerClass()) {
            case "sync" -> "";
            case "virtual", "async" -> connections;
            default -> " threads=" + capacity.threads() + connections;
        };
    }
}
