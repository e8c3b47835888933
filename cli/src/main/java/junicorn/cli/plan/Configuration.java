package junicorn.cli.plan;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import junicorn.cli.line.Arguments;
import junicorn.cli.line.ConfigFile;
import junicorn.cli.settings.ProcessSettings;
import junicorn.cli.settings.ServerSettings;
import junicorn.cli.settings.Source;
import junicorn.cli.settings.Values;
import junicorn.master.settings.MasterSettings;
import junicorn.os.Processes;
import junicorn.systemd.Activation;

/// All that is configured, from everywhere it is: the file, two kinds of variables and the command
/// line. Read once at the start and anew for each reload.
///
/// @param activation sockets that systemd passed
/// @param swallowed why there may be no application, in words
public record Configuration(
        Values values,
        Machine machine,
        JavaOptions options,
        MemoryPlan plan,
        Activation activation,
        String swallowed) {

    /// @param start where the command was called
    /// @throws Misuse if anything is wrong with it
    public static Configuration read(Arguments given, Map<String, String> environment, Path start) {
        var variable = Arguments.of(environment);
        var file = ConfigFile.find(ConfigFile.named(given, variable), start);
        var places = Stream.concat(Stream.of(given, variable), file.stream());
        var values = Values.of(places.map(Source.class::cast).toList(), environment, start);
        var machine = Machine.here();
        var options =
                JavaOptions.of(values.get(ProcessSettings.JAVA_OPTS), workers(environment, values));
        var scaling = ScalePlan.of(values);
        var plan =
                MemoryPlan.of(
                        machine,
                        scaling.planned(values),
                        values.origin(scaling.source()),
                        options,
                        values.capacity());
        var activation = Activation.of(environment, ProcessHandle.current().pid());
        return new Configuration(values, machine, options, plan, activation, given.swallowed());
    }

    public Application application() {
        return Application.find(values, swallowed);
    }

    /// Checks all that can be checked without a worker; makes the files that must be there, with
    /// the rights that are wanted.
    public MasterSettings settings() {
        values.find(ServerSettings.UMASK).ifPresent(Processes::umask);
        return Wiring.master(values, plan, options, application(), activation);
    }

    /// The environment of workers, as far as it matters here.
    private static Map<String, String> workers(Map<String, String> ours, Values values) {
        var theirs = new HashMap<>(ours);
        theirs.putAll(values.variables());
        return theirs;
    }
}
