package junicorn.cli.plan;

import java.io.UncheckedIOException;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import junicorn.cli.line.Arguments;
import junicorn.cli.settings.ControlSettings;
import junicorn.cli.settings.HookOptions;
import junicorn.cli.settings.Misuse;
import junicorn.cli.settings.ServerSettings;
import junicorn.cli.settings.Setting;
import junicorn.cli.settings.Settings;
import junicorn.cli.settings.SocketSettings;
import junicorn.cli.settings.Values;
import junicorn.log.Log;
import junicorn.master.settings.MasterSettings;

/// Reads all of the configuration anew for each reload, and tells what is different. The command
/// line and the environment cannot have changed; the file, and all that it names, may have.
public final class Rereading implements MasterSettings.Reader {
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

    /// As many reloads may fail one after the other before the first is forgotten.
    private static final int KEPT = 8;

    private final Arguments given;
    private final Map<String, String> environment;
    private final Path start;
    private final Configuration first;
    private final List<Read> read = new ArrayList<>();

    /// What became of a configuration.
    private record Read(MasterSettings settings, Configuration configuration) {}

    /// @param first what the server was started with
    public Rereading(
            Arguments given, Map<String, String> environment, Path start, Configuration first) {
        this.given = given;
        this.environment = environment;
        this.start = start;
        this.first = first;
    }

    @Override
    public synchronized MasterSettings read(MasterSettings current)
            throws MasterSettings.Unreadable {
        try {
            var next = Configuration.read(given, environment, start);
            var settings = next.settings();
            tell(of(current), next);
            read.removeIf(it -> read.size() > KEPT && !it.settings().equals(current));
            read.add(new Read(settings, next));
            return settings;
        } catch (Misuse wrong) {
            throw new MasterSettings.Unreadable(String.valueOf(wrong.getMessage()));
        } catch (UncheckedIOException gone) {
            throw new MasterSettings.Unreadable(String.valueOf(gone.getCause()));
        }
    }

    /// A reload that fails leaves the settings before it in force, so it need not be the last.
    private Configuration of(MasterSettings current) {
        return read.reversed().stream()
                .filter(it -> it.settings().equals(current))
                .findFirst()
                .map(Read::configuration)
                .orElse(first);
    }

    private static void tell(Configuration last, Configuration next) {
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
            var was = shown(before, setting);
            var is = shown(after, setting);
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

    private static String shown(Values values, Setting<?> setting) {
        return values.show(setting).filter(text -> !text.isBlank()).orElse("none");
    }
}
