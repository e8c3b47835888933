package junicorn.cli;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import junicorn.master.MasterSettings;

/// All that is configured, from everywhere it is: the file, two kinds of variables and the command
/// line. Read once at the start and anew for each reload.
///
/// @param swallowed why there may be no application, in words
record Configuration(
        Values values, Machine machine, JavaOptions options, MemoryPlan plan, String swallowed) {

    /// @param start where the command was called
    /// @throws Misuse if anything is wrong with it
    static Configuration read(Arguments given, Map<String, String> environment, Path start) {
        var variable = Arguments.of(environment);
        var named =
                Stream.of(given, variable)
                        .flatMap(place -> place.of(ServerSettings.CONFIG).stream())
                        .findFirst();
        var file = ConfigFile.find(named, start);
        var places = Stream.concat(Stream.of(given, variable), file.stream());
        var values = Values.of(places.map(Source.class::cast).toList(), environment, start);
        var machine = Machine.here();
        var options =
                JavaOptions.of(values.get(ProcessSettings.JAVA_OPTS), workers(environment, values));
        var plan =
                MemoryPlan.of(
                        machine,
                        values.find(ProcessSettings.WORKERS),
                        values.origin(ProcessSettings.WORKERS),
                        options,
                        values.capacity());
        return new Configuration(values, machine, options, plan, given.swallowed());
    }

    Application application() {
        return Application.find(values, swallowed);
    }

    MasterSettings settings() {
        return Wiring.master(values, plan, options, application());
    }

    /// The environment of workers, as far as it matters here.
    private static Map<String, String> workers(Map<String, String> ours, Values values) {
        var theirs = new HashMap<>(ours);
        theirs.putAll(values.variables());
        return theirs;
    }
}
