package junicorn.worker.app;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/// A `.war` file: unpacks it.
///
/// Ours and not Jetty's, for three reasons: Jetty unpacks into a directory that happens to lie
/// beside the file with the same name, where workers would meet; a file that is no archive should
/// be named as such; and the files' times must be those in the archive, so that all workers send
/// the same `Last-Modified` and `ETag`.
final class WarFile {
    private WarFile() {}

    /// Unpacks into a directory that must not exist yet; returns it.
    static Path unpack(Path war, Path directory) throws IOException {
        Files.createDirectory(directory);
        try (var archive = new ZipFile(war.toFile())) {
            if (archive.getEntry("WEB-INF/") == null && !isWar(war, archive)) {
                throw new IOException(war + " is not a web application: it has no WEB-INF");
            }
            for (var entries = archive.entries(); entries.hasMoreElements(); ) {
                unpack(archive, entries.nextElement(), directory);
            }
            return directory;
        } catch (ZipException e) {
            throw new IOException(war + " is not a WAR or is damaged: " + e.getMessage(), e);
        }
    }

    /// Archives may leave directories out; a page without WEB-INF is legal when the name says WAR.
    private static boolean isWar(Path war, ZipFile archive) {
        return war.toString().endsWith(".war")
                || archive.stream().anyMatch(entry -> entry.getName().startsWith("WEB-INF/"));
    }

    private static void unpack(ZipFile archive, ZipEntry entry, Path directory) throws IOException {
        var file = directory.resolve(entry.getName()).normalize();
        if (!file.startsWith(directory)) {
            throw new ZipException("entry outside the archive: " + entry.getName());
        }
        if (entry.isDirectory()) {
            Files.createDirectories(file);
            return;
        }
        Files.createDirectories(file.getParent());
        try (var content = archive.getInputStream(entry)) {
            Files.copy(content, file);
        }
        if (entry.getTime() >= 0) {
            Files.setLastModifiedTime(file, FileTime.fromMillis(entry.getTime()));
        }
    }
}
