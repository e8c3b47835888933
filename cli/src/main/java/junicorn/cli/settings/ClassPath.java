package junicorn.cli.settings;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.ZipFile;
import junicorn.master.settings.JarFolder;

/// What `--class-path` says. Unlike the JVM, which passes over entries that are not there, it
/// refuses them: such an entry is a typing error, and would be found much later as a missing class.
public final class ClassPath {
    private ClassPath() {}

    /// @param texts each may name several entries
    /// @param folder where relative ones are
    /// @return absolute; `DIR/*` stays as it is, for each new worker to see what is there
    public static List<Path> of(List<String> texts, Path folder) {
        return of(texts, folder, "--class-path");
    }

    /// @param option that says it
    public static List<Path> of(List<String> texts, Path folder, String option) {
        try {
            return entries(texts, folder);
        } catch (Misuse wrong) {
            throw new Misuse("%s %s".formatted(option, wrong.getMessage()));
        }
    }

    private static List<Path> entries(List<String> texts, Path folder) {
        var entries = new ArrayList<Path>();
        for (var text : texts) {
            for (var named :
                    text.split(":", -1)) { // an empty one is the current directory, as in java
                entries.add(entry(folder, named));
            }
        }
        return List.copyOf(entries);
    }

    private static Path entry(Path folder, String named) {
        var path = folder.resolve(named).normalize();
        if (JarFolder.is(path)) {
            jars(path, named);
        } else if (Files.notExists(path)) {
            throw wrong(named, "there is no such file or directory");
        } else if (!Files.isReadable(path)) {
            throw wrong(named, "is not readable by the user who starts junicorn");
        } else if (!Files.isDirectory(path) && !Files.isRegularFile(path)) {
            throw wrong(named, "is neither a file nor a directory");
        } else if (!Files.isDirectory(path)) {
            jar(path, named);
        }
        return path;
    }

    private static void jars(Path pattern, String named) {
        try {
            if (JarFolder.jars(pattern).isEmpty()) {
                throw wrong(named, "there is no jar");
            }
        } catch (IOException missing) {
            throw wrong(named, "there is no such directory");
        }
    }

    private static void jar(Path path, String named) {
        try (var _ = new ZipFile(path.toFile())) {
            return;
        } catch (IOException broken) {
            throw wrong(named, "is no jar: " + broken.getMessage());
        }
    }

    private static Misuse wrong(String named, String why) {
        return new Misuse("%s: %s".formatted(named, why));
    }
}
