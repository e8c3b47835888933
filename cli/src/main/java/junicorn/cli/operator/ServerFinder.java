package junicorn.cli.operator;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import junicorn.cli.line.Arguments;
import junicorn.cli.settings.ControlSettings;
import junicorn.cli.settings.Misuse;
import junicorn.cli.settings.ServerSettings;
import junicorn.cli.settings.SocketSettings;
import junicorn.cli.settings.Values;
import junicorn.master.control.ControlPlace;
import junicorn.master.control.ControlSocket;
import junicorn.master.settings.Bind;

/// Where servers put their control sockets, and which of them is meant by a command line.
public final class ServerFinder {
    private ServerFinder() {}

    /// By the settings of a server, its own or those of somebody who asks for it.
    public static ControlPlace place(Values values, Map<String, String> environment) {
        if (values.get(ControlSettings.NO_CONTROL_SOCKET)) {
            return ControlPlace.NONE;
        }
        var named = values.find(ControlSettings.CONTROL_SOCKET).map(values::path);
        var pidFile = values.find(ServerSettings.PID).map(values::path);
        return named.map(ControlPlace::at)
                .or(() -> pidFile.map(ControlPlace::beside))
                .orElseGet(() -> ControlPlace.byPort(environment));
    }

    /// @throws Misuse if it cannot be told which one is meant
    /// @return empty if there is none; `words` says where it was looked for
    static Found find(Values values, Map<String, String> environment) {
        var place = place(values, environment);
        if (place.path().isPresent()) {
            var path = place.path().get();
            return ControlSocket.answers(path)
                    ? new Found(Optional.of(path), "")
                    : new Found(Optional.empty(), silence(path));
        }
        var directory =
                place.directory().orElseThrow(() -> new Misuse("--no-control-socket is given"));
        var answering = place.answering();
        var matching = matching(values, answering);
        var meant = matching.isEmpty() && !isNamed(values) ? answering : matching;
        if (meant.size() == 1) {
            return new Found(Optional.of(meant.getFirst()), "");
        }
        if (isNamed(values) && meant.isEmpty()) {
            return new Found(
                    Optional.empty(),
                    "no server of yours answers for %s in %s"
                            .formatted(values.blame(SocketSettings.BIND), directory));
        }
        if (answering.isEmpty()) {
            return new Found(
                    Optional.empty(),
                    "no server of yours runs here: nobody answers in %s; one that was started with"
                                    .formatted(directory)
                            + " --pid, --control-socket or -c is found by the same option");
        }
        throw new Misuse(
                "%d servers answer, say which by --control-socket:%s"
                        .formatted(answering.size(), list(answering)));
    }

    private static String silence(Path path) {
        return Files.exists(path) && !Files.isWritable(path)
                ? "only its user may ask at " + path
                : "nobody answers at " + path;
    }

    /// @param words why there is none
    record Found(Optional<Path> path, String words) {}

    /// By its address, in so many words: no other server is meant. The file's address may have
    /// changed since the server was started.
    private static boolean isNamed(Values values) {
        return Set.of("command line", Arguments.VARIABLE)
                .contains(values.origin(SocketSettings.BIND));
    }

    /// Where the binds were said, the server of the first one.
    private static List<Path> matching(Values values, List<Path> answering) {
        if (values.origin(SocketSettings.BIND).equals("default")) {
            return List.of();
        }
        var matching = new ArrayList<Path>();
        for (var bind : values.get(SocketSettings.BIND)) {
            var name = ControlPlace.name(listener(bind));
            answering.stream().filter(path -> path.endsWith(name)).forEach(matching::add);
        }
        return matching;
    }

    private static String listener(Bind bind) {
        return bind.toString();
    }

    private static String list(List<Path> answering) {
        var lines = new StringBuilder();
        answering.forEach(path -> lines.append("\n  --control-socket ").append(path));
        return lines.toString();
    }
}
