package junicorn.systemtest;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/// Packs the classes of the package `fixture` into a WAR, as a file or as a directory.
final class Wars {
    private static final List<String> CLASSES =
            List.of(
                    "Body", "Child", "Echo", "Events", "Later", "Mood", "Say", "Trouble", "Upload",
                    "Who");

    private Wars() {}

    /// The application whose start is decided by the mood file.
    static Path file(Path war, Path mood) {
        try (var zip = new ZipOutputStream(Files.newOutputStream(war))) {
            for (var entry : entries(mood).entrySet()) {
                zip.putNextEntry(new ZipEntry(entry.getKey()));
                zip.write(entry.getValue());
                zip.closeEntry();
            }
            return war;
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /// The same, unpacked.
    static Path directory(Path root, Path mood) {
        try {
            for (var entry : entries(mood).entrySet()) {
                var file = root.resolve(entry.getKey());
                Files.createDirectories(file.getParent());
                Files.write(file, entry.getValue());
            }
            return root;
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private static Map<String, byte[]> entries(Path mood) throws IOException {
        var entries = new LinkedHashMap<String, byte[]>();
        entries.put("index.html", "<p>It works.</p>\n".getBytes(UTF_8));
        entries.put("WEB-INF/mood", mood.toString().getBytes(UTF_8));
        for (var name : CLASSES) {
            var file = "fixture/" + name + ".class";
            entries.put("WEB-INF/classes/" + file, bytes("/" + file));
        }
        return entries;
    }

    private static byte[] bytes(String resource) throws IOException {
        try (var stream = Wars.class.getResourceAsStream(resource)) {
            if (stream == null) {
                throw new IllegalStateException(resource + " is not on the class path");
            }
            return stream.readAllBytes();
        }
    }
}
