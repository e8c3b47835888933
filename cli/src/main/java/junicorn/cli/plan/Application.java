package junicorn.cli.plan;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import java.util.zip.ZipFile;
import junicorn.cli.settings.Misuse;
import junicorn.cli.settings.Settings;
import junicorn.cli.settings.Values;

/// The application as it was named. Looks at it from outside only: whether it starts,
/// and whether a class is there at all, is for a worker to find out.
///
/// @param name the absolute path of a WAR, so that no worker depends on the working directory; or
/// a class, or a class and a method
/// @param isClass that it is found on the class path
public record Application(String name, boolean isClass) {
    private static final String KINDS =
            "a .war file, a directory with WEB-INF, or a class like pkg.Class or pkg.Class::method";

    private static final String WORD = "\\p{javaJavaIdentifierStart}\\p{javaJavaIdentifierPart}*";
    private static final String ONE = "%1$s(\\.%1$s)*(::%1$s)?".formatted(WORD);

    /// Several are the parts of one web application: filters, and the servlet behind them.
    private static final Pattern CLASSES = Pattern.compile("%1$s(,%1$s)*".formatted(ONE));

    /// @param swallowed why there may be none, in words
    static Application find(Values values, String swallowed) {
        var named = values.find(Settings.APP);
        if (named.isEmpty()) {
            throw new Misuse("APP is missing: " + KINDS + swallowed);
        }
        var path = values.path(named.get());
        if (Files.notExists(path)) {
            return code(named.get(), values);
        }
        if (!Files.isReadable(path)) {
            throw new Misuse(
                    "application %s is not readable by the user who starts junicorn"
                            .formatted(named.get()));
        }
        if (Files.isDirectory(path)) {
            return directory(path, named.get());
        }
        if (!Files.isRegularFile(path)) { // a FIFO would be read for ever
            throw new Misuse("application %s is not a regular file".formatted(named.get()));
        }
        return file(path, named.get());
    }

    /// `shop.war` might be the class `war` in a package `shop`: nobody means that.
    private static Application code(String named, Values values) {
        var classPathGiven = values.find(Settings.CLASS_PATH).isPresent();
        if (CLASSES.matcher(named).matches()
                && !named.endsWith(".war")
                && !named.endsWith(".jar")) {
            if (named.contains(".") || named.contains("::") || classPathGiven) {
                return new Application(named, true);
            }
        }
        var origin = values.origin(Settings.APP);
        throw new Misuse(
                "no such application: %s%s; it must be %s"
                        .formatted(
                                named,
                                origin.equals("command line") ? "" : " (" + origin + ")",
                                KINDS));
    }

    private static Application directory(Path path, String named) {
        if (!Files.isDirectory(path.resolve("WEB-INF"))) {
            throw new Misuse(
                    "%s is not a web application: it has no WEB-INF; to serve a class from there: -C %s pkg.Class"
                            .formatted(named, named));
        }
        return new Application(path.toString(), false);
    }

    private static Application file(Path path, String named) {
        if (named.endsWith(".jar")) {
            throw new Misuse(
                    "%s is not a web application; to serve a class from it: -C %s pkg.Class"
                            .formatted(named, named));
        }
        if (!named.endsWith(".war")) {
            throw new Misuse("%s is not a web application: it must be %s".formatted(named, KINDS));
        }
        try (var _ = new ZipFile(path.toFile())) {
            return new Application(path.toString(), false);
        } catch (IOException broken) {
            throw new Misuse(
                    "%s is not a web application: %s"
                            .formatted(named, String.valueOf(broken.getMessage())));
        }
    }
}
