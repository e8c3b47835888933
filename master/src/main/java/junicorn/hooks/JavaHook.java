package junicorn.hooks;

import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.concurrent.atomic.AtomicReference;
import junicorn.api.ServerHooks;
import org.jspecify.annotations.Nullable;

/// A [ServerHooks] that the hook path announces. Each call has a thread of its own, for a thread
/// that hears no interrupt cannot be stopped; one that does not return is not called again.
final class JavaHook implements Hook {
    /// From the interrupt until it is given up.
    private static final Duration LAST = Duration.ofMillis(500);

    private final ServerHooks hooks;
    private boolean hangs;

    private JavaHook(ServerHooks hooks) {
        this.hooks = hooks;
    }

    /// All there are.
    ///
    /// @throws ServiceConfigurationError if one cannot be had
    static List<JavaHook> find(List<Path> classPath) {
        if (classPath.isEmpty()) {
            return List.of();
        }
        var urls = classPath.stream().map(JavaHook::url).toArray(URL[]::new);
        var loader = new URLClassLoader("hooks", urls, ServerHooks.class.getClassLoader());
        var found = new ArrayList<JavaHook>();
        ServiceLoader.load(ServerHooks.class, loader).forEach(it -> found.add(new JavaHook(it)));
        return found;
    }

    private static URL url(Path path) {
        try {
            return path.toUri().toURL();
        } catch (MalformedURLException impossible) {
            throw new IllegalArgumentException("no path of classes: " + path, impossible);
        }
    }

    @Override
    public boolean hears(Moment moment) {
        return !hangs;
    }

    @Override
    public Optional<String> run(Moment moment, Duration atMost) throws InterruptedException {
        var failure = new AtomicReference<@Nullable Throwable>();
        var thread =
                Thread.ofPlatform()
                        .name("hook " + moment.name())
                        .daemon()
                        .uncaughtExceptionHandler((_, thrown) -> failure.set(thrown))
                        .unstarted(() -> tell(moment, failure));
        thread.setContextClassLoader(hooks.getClass().getClassLoader());
        thread.start();
        if (!thread.join(atMost)) {
            thread.interrupt();
            hangs = !thread.join(LAST);
            return Optional.of(
                    "not done after %s, interrupted%s"
                            .formatted(
                                    HookSettings.words(atMost),
                                    hangs ? "; it does not return and is not called again" : ""));
        }
        return Optional.ofNullable(failure.get()).map(Throwable::toString);
    }

    private void tell(Moment moment, AtomicReference<@Nullable Throwable> failure) {
        try {
            moment.tell(hooks);
        } catch (Exception thrown) { // it is the operator's code: whatever it may be
            failure.set(thrown);
        }
    }

    @Override
    public String toString() {
        return hooks.getClass().getName();
    }
}
