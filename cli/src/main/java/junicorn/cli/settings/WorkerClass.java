package junicorn.cli.settings;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// What `--worker-class` says: one of ours, by our name or by Gunicorn's, or a class of the user.
///
/// @param given as written
/// @param name ours, or that of the user's class
public record WorkerClass(String given, String name) {
    /// Enough that a few slow requests do not hold up the fast ones, whatever the number of cores;
    /// a thread that waits costs next to nothing.
    static final int GTHREAD_THREADS = 8;

    private static final WorkerClass GTHREAD = new WorkerClass("gthread", "gthread");
    private static final List<String> OURS =
            List.of("sync", "gthread", "virtual", "async", "vertx");

    /// Gunicorn's name, ours, and how the two differ.
    private static final Map<String, Counterpart> GUNICORNS = gunicorns();

    private static final Pattern CLASS_NAME =
            Pattern.compile(
                    "(\\p{javaJavaIdentifierStart}\\p{javaJavaIdentifierPart}*\\.)+"
                            + "\\p{javaJavaIdentifierStart}\\p{javaJavaIdentifierPart}*");

    private record Counterpart(String name, String means) {}

    static Kind<WorkerClass> kind() {
        return new Kind<>(
                "CLASS",
                false,
                Stream.concat(OURS.stream(), GUNICORNS.keySet().stream()).toList(),
                given -> parse(given.getLast()),
                WorkerClass::given);
    }

    private static WorkerClass parse(String text) {
        if (OURS.contains(text) || CLASS_NAME.matcher(text).matches()) {
            return new WorkerClass(text, text);
        }
        var counterpart = GUNICORNS.get(text);
        if (counterpart != null) {
            return new WorkerClass(text, counterpart.name());
        }
        throw new Misuse(
                "must be one of %s or the name of a class like pkg.Class, was '%s'%s"
                        .formatted(
                                String.join(", ", OURS),
                                text,
                                Nearest.to(text, kind().choices())
                                        .map("; did you mean %s?"::formatted)
                                        .orElse("")));
    }

    private static Map<String, Counterpart> gunicorns() {
        var loop = "requests run on the loop thread and must not block";
        var virtual =
                "each request runs on a virtual thread, and code that blocks may stay as it is";
        var names = new LinkedHashMap<String, Counterpart>();
        names.put("gevent", new Counterpart("virtual", virtual));
        names.put("eventlet", new Counterpart("virtual", virtual));
        names.put("asgi", new Counterpart("async", loop));
        names.put("gaiohttp", new Counterpart("async", loop));
        names.put(
                "tornado", new Counterpart("vertx", "a Vert.x application on its own event loop"));
        return names;
    }

    /// As Gunicorn does it: `sync` with threads is `gthread`.
    WorkerClass with(Optional<Integer> threads) {
        return is("sync") && threads.orElse(1) > 1 ? GTHREAD : this;
    }

    public boolean is(String otherName) {
        return name.equals(otherName);
    }

    /// A class of the user; what it does with our settings is its own affair.
    public boolean isCustom() {
        return name.indexOf('.') >= 0;
    }

    /// What Gunicorn's name means here, where it was used.
    public Optional<String> translation() {
        return Optional.ofNullable(GUNICORNS.get(given))
                .map(
                        counterpart ->
                                "worker class %s is %s here: %s"
                                        .formatted(given, counterpart.name(), counterpart.means()));
    }
}
