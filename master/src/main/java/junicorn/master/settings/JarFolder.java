package junicorn.master.settings;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// An entry `DIR/*` of a class path: all jars of a directory. It is looked up for each worker, so
/// that a new one finds what was put there since the last.
public final class JarFolder {
    private JarFolder() {}

    public static boolean is(Path entry) {
        return entry.endsWith("*");
    }

    /// Sorted, so that all workers that see the same directory have the same class path.
    public static List<Path> jars(Path entry) throws IOException {
        try (var files = Files.list(entry.resolveSibling("."))) {
            return files.map(Path::normalize).filter(JarFolder::isJar).sorted().toList();
        }
    }

    private static boolean isJar(Path file) {
        return file.toString().toLowerCase(Locale.ROOT).endsWith(".jar");
    }

    /// The class path as it is now.
    public static List<Path> expanded(List<Path> classPath) throws IOException {
        var all = new ArrayList<Path>();
        for (var entry : classPath) {
            all.addAll(is(entry) ? jars(entry) : List.of(entry));
        }
        return all;
    }
}
