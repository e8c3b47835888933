package junicorn.cli;

import java.io.UncheckedIOException;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import junicorn.log.Log;
import junicorn.master.MasterSettings;

/// Reads all of the configuration anew for each reload, and tells what is different. The command
/// line and the environment cannot have changed; the file, and all that it names, may have.
final class Rereading implements MasterSettings.Reader {
    private static final System.Logger LOG = System.getLogger(Rereading.class.getName());

    /// Belongs to the process or to its sockets, and stays as it is until the next start.
    private static final Set<Setting<?>> OF_THE_START =
            Set.of(
                    SocketSettings.BACKLOG,
                    SocketSettings.NO_DEFER_ACCEPT,
                    SocketSettings.REUSE_PORT,
                    ServerSettings.PID,
                    ServerSettings.DAEMON,
                    ServerSettings.RELOAD,
                    ControlSettings.CONTROL_SOCKET,
                    ControlSettings.NO_CONTROL_SOCKET,
                    HookOptions.HOOK,
                    HookOptions.HOOK_PATH,
                    HookOptions.HOOK_TIMEOUT);

    private final Arguments given;
    private final Map<String, String> environment;
    private final Path start;
    private Configuration last;

    /// @param first what the server was started with
    Rereading(Arguments given, Map<String, String> environment, Path start, Configuration first) {
        this.given = given;
        this.environment = environment;
        this.start = start;
        last = first;
    }

    @Override
    public synchronized MasterSettings read() throws MasterSettings.Unreadable {
        try {
            var next = Configuration.read(given, environment, start);
            var settings = next.settings();
            tell(next);
            last = next;
            return settings;
        } catch (Misuse wrong) {
            throw new MasterSettings.Unreadable(String.valueOf(wrong.getMessage()));
        } catch (UncheckedIOException gone) {
            throw new MasterSettings.Unreadable(String.valueOf(gone));
        }
    }

    private void tell(Configuration next) {
        var changes = changes(last.values(), next.values());
        LOG.log(
                Level.INFO,
                changes.isEmpty()
                        ? "configuration is unchanged"
                        : "configuration: " + String.join(", ", changes));
        if (!last.plan().equals(next.plan())) {
            LOG.log(
                    next.plan().fits() ? Level.INFO : Level.WARNING,
                    next.plan().words(next.machine()));
        }
        Log.level(next.values().get(Settings.LOG_LEVEL));
    }

    /// `timeout 30s -> 45s (junicorn.toml:3)`; of variables the names alone, for passwords are
    /// among them.
    static List<String> changes(Values before, Values after) {
        var changes = new ArrayList<String>();
        for (var setting : Settings.ALL) {
            var was = before.show(setting).orElse("none");
            var is = after.show(setting).orElse("none");
            if (!was.equals(is)) {
                var when = OF_THE_START.contains(setting) ? ", at the next start" : "";
                var values =
                        setting.equals(ServerSettings.ENV) ? "" : " %s -> %s".formatted(was, is);
                changes.add(
                        "%s%s (%s)%s"
                                .formatted(setting.name(), values, after.origin(setting), when));
            }
        }
        return changes;
    }
}
