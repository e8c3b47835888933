package junicorn.worker.app;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.BiConsumer;
import java.util.zip.ZipFile;

/// Goes through the class files of a class path, in the order of the class path.
final class ClassFiles {
    private static final System.Logger LOG = System.getLogger(ClassFiles.class.getName());
    private static final String SUFFIX = ".class";

    /// Reads a class file when asked for it.
    @FunctionalInterface
    interface Content {
        InputStream open() throws IOException;
    }

    private ClassFiles() {}

    /// Gives each class's name, as in source but for `$`, and its file. An entry that cannot be
    /// read is passed over, as the JVM does.
    static void each(Iterable<Path> classPath, BiConsumer<String, Content> visitor) {
        for (var entry : classPath) {
            try {
                if (Files.isDirectory(entry)) {
                    eachInDirectory(entry, visitor);
                } else {
                    eachInJar(entry, visitor);
                }
            } catch (IOException | UncheckedIOException e) {
                LOG.log(Level.DEBUG, "cannot read the class path entry " + entry, e);
            }
        }
    }

    private static void eachInDirectory(Path root, BiConsumer<String, Content> visitor)
            throws IOException {
        try (var files = Files.walk(root)) {
            files.filter(file -> isClass(file.toString()))
                    .forEach(
                            file ->
                                    visitor.accept(
                                            name(root.relativize(file).toString()),
                                            () -> Files.newInputStream(file)));
        }
    }

    private static void eachInJar(Path jar, BiConsumer<String, Content> visitor)
            throws IOException {
        try (var zip = new ZipFile(jar.toFile())) {
            zip.stream()
                    .filter(entry -> isClass(entry.getName()))
                    .filter(entry -> !entry.getName().startsWith("META-INF/"))
                    .forEach(
                            entry ->
                                    visitor.accept(
                                            name(entry.getName()),
                                            () -> zip.getInputStream(entry)));
        }
    }

    private static boolean isClass(String file) {
        return file.endsWith(SUFFIX) && !file.endsWith("-info.class");
    }

    private static String name(String file) {
        return file.substring(0, file.length() - SUFFIX.length()).replace('/', '.');
    }
}
