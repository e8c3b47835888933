package junicorn.worker.app;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.eclipse.jetty.ee11.servlet.ServletContextHandler;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.session.DefaultSessionIdManager;
import org.eclipse.jetty.session.SessionIdManager;

/// Makes a Jetty handler of what the operator calls "the application": a `.war` file, an exploded
/// WAR directory, or a class (see [ClassApplication]).
///
/// The handler is prepared here and starts with its server. A start that fails throws the
/// application's own exception; [StartFailure] puts it into words.
///
/// Sessions live in the memory of the worker that made them: another worker does not know them.
public final class Applications {
    private Applications() {}

    /// Prepares the application: the absolute path of a WAR, or the name of a class on `classPath`.
    ///
    /// The server's temp directory (else `java.io.tmpdir`) gets one [WorkDirectory] for this
    /// process where the application needs one, removed when the application stops.
    public static Handler load(
            String application, List<Path> classPath, String contextPath, Server server)
            throws Exception {
        server.setErrorHandler(new PlainErrors());
        return application.startsWith("/")
                ? war(Path.of(application).normalize(), contextPath, server)
                : ClassApplication.load(application, classPath, contextPath, server);
    }

    private static Handler war(Path application, String contextPath, Server server)
            throws IOException {
        refuseWhatIsNoApplication(application);
        var work = WorkDirectory.claim(server.getContext().getTempDirectory().toPath());
        try {
            var root =
                    Files.isDirectory(application)
                            ? application
                            : WarFile.unpack(application, work.path().resolve("webapp"));
            nameSessions(server);
            return new WebApplication(root, contextPath, work, server);
        } catch (IOException | RuntimeException | Error e) {
            work.close();
            throw e;
        }
    }

    /// Finds the classes of an application that none of our handlers serves: see
    /// [ApplicationLoader].
    public static ClassLoader loader(List<Path> classPath) {
        return new ApplicationLoader(
                classPath, Visibility.forClasses(), Applications.class.getClassLoader());
    }

    /// Finds the classes of the application that the server runs.
    public static ClassLoader loaderOf(Server server) {
        return server.getDescendants(Handler.class).stream()
                .map(Applications::loaderOf)
                .flatMap(Optional::stream)
                .findFirst()
                .orElse(Applications.class.getClassLoader());
    }

    private static Optional<ClassLoader> loaderOf(Handler handler) {
        return switch (handler) {
            case HostedHandler hosted -> Optional.of(hosted.loader());
            case ServletContextHandler context -> Optional.ofNullable(context.getClassLoader());
            default -> Optional.empty();
        };
    }

    /// The settings of HTTP that belong to the application's level: no version, no advertisement.
    public static HttpConfiguration httpConfiguration() {
        var http = new HttpConfiguration();
        http.setSendServerVersion(false);
        http.setSendXPoweredBy(false);
        return http;
    }

    private static void refuseWhatIsNoApplication(Path application) throws IOException {
        if (!Files.exists(application)) {
            throw new IOException(application + " does not exist");
        }
        if (!Files.isReadable(application)) {
            throw new IOException(application + " is not readable for this user");
        }
        // Without this, a mistyped path would publish any directory of the machine.
        if (Files.isDirectory(application) && !Files.isDirectory(application.resolve("WEB-INF"))) {
            throw new IOException(
                    application + " is not a web application: it has no WEB-INF directory");
        }
    }

    /// A session id starts with its worker's name, so no two workers ever give out the same one.
    static void nameSessions(Server server) {
        if (server.getBean(SessionIdManager.class) == null) {
            var ids = new DefaultSessionIdManager(server);
            ids.setWorkerName(
                    "w" + Long.toString(ProcessHandle.current().pid(), Character.MAX_RADIX));
            server.addBean(ids, true);
        }
    }
}
