package junicorn.cli.operator;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import junicorn.cli.line.Arguments;
import junicorn.cli.line.ConfigFile;
import junicorn.cli.settings.ControlSettings;
import junicorn.cli.settings.Misuse;
import junicorn.cli.settings.ServerSettings;
import junicorn.cli.settings.Setting;
import junicorn.cli.settings.SocketSettings;
import junicorn.cli.settings.Source;
import junicorn.cli.settings.Values;

/// The settings by which a running server is found. The file may have become wrong since it was
/// started: that is no reason to be unable to ask, and least of all to stop it.
final class Whereabouts {
    private static final Set<Setting<?>> NEEDED =
            Set.of(
                    ControlSettings.CONTROL_SOCKET,
                    ControlSettings.NO_CONTROL_SOCKET,
                    ServerSettings.PID,
                    ServerSettings.CHDIR,
                    SocketSettings.BIND);

    private Whereabouts() {}

    /// @param note is told what is wrong with the file
    /// @throws Misuse if the command line or a variable is wrong, or a named file is not there
    static Values of(
            Arguments given, Map<String, String> environment, Path start, Consumer<String> note) {
        var variable = Arguments.of(environment);
        var places = List.<Source>of(given, variable);
        var named = ConfigFile.named(given, variable);
        try {
            return values(places, ConfigFile.find(named, start).stream(), environment, start);
        } catch (Misuse wrong) {
            var bare = values(places, Stream.of(), environment, start);
            var understood = ConfigFile.understood(named, start, NEEDED);
            note.accept(wrong.getMessage());
            try {
                return values(places, understood.stream(), environment, start);
            } catch (Misuse _) { // what is needed is wrong, too
                return bare;
            }
        }
    }

    private static Values values(
            List<Source> places,
            Stream<ConfigFile> file,
            Map<String, String> environment,
            Path start) {
        return Values.of(Stream.concat(places.stream(), file).toList(), environment, start);
    }
}
