package junicorn.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipFile;

/// The application as named on the command line. Looks at it from outside only: whether it starts
/// is for a worker to find out.
final class Application {
    private Application() {}

    /// @return where it lies, absolute, so that no worker depends on the working directory
    static Path find(Arguments arguments) {
        var named = arguments.application();
        if (named.isEmpty()) {
            throw new Misuse(
                    "APP is missing: the .war file or directory to serve" + arguments.swallowed());
        }
        var path = Path.of(named.get()).toAbsolutePath().normalize();
        if (!Files.exists(path)) {
            throw new Misuse("no such application: " + named.get());
        }
        if (!Files.isReadable(path)) {
            throw new Misuse("application %s is not readable".formatted(named.get()));
        }
        if (Files.isDirectory(path)) {
            return directory(path, named.get());
        }
        return file(path, named.get());
    }

    private static Path directory(Path path, String named) {
        if (!Files.isDirectory(path.resolve("WEB-INF"))) {
            throw new Misuse("%s is not a web application: it has no WEB-INF".formatted(named));
        }
        return path;
    }

    private static Path file(Path path, String named) {
        if (!named.endsWith(".war")) {
            throw new Misuse(
                    "%s is not a web application: it must be a .war file or a directory with WEB-INF"
                            .formatted(named));
        }
        try (var _ = new ZipFile(path.toFile())) {
            return path;
        } catch (IOException broken) {
            throw new Misuse(
                    "%s is not a web application: %s"
                            .formatted(named, String.valueOf(broken.getMessage())));
        }
    }
}
