package junicorn.tidy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// All files of the project at one moment, or a few invented ones in a rule's own test.
record Snapshot(List<TextFile> files, List<JavaFile> javaFiles) {
    private static final Set<String> NOT_OURS = Set.of(".git", "target", ".idea", ".vscode");
    private static final int TEXT_BYTES_MAX = 1 << 20;

    static Snapshot of(List<TextFile> files) {
        return new Snapshot(
                files, JavaFile.parse(files.stream().filter(TextFile::isJava).toList()));
    }

    /// One invented file.
    static Snapshot of(String path, String text) {
        return of(List.of(new TextFile(path, text)));
    }

    /// The project this test is part of: the nearest folder upwards that has `.githooks`.
    static Snapshot ofProject() {
        var root = Path.of("").toAbsolutePath();
        while (!Files.isDirectory(root.resolve(".githooks"))) {
            root = root.getParent();
            if (root == null) {
                throw new IllegalStateException("not inside the project");
            }
        }
        try {
            return of(read(root));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /// True for a file or a folder, by its path from the root.
    boolean exists(String path) {
        return path.isEmpty()
                || files.stream()
                        .map(TextFile::path)
                        .anyMatch(known -> known.equals(path) || known.startsWith(path + "/"));
    }

    private static List<TextFile> read(Path root) throws IOException {
        var files = new ArrayList<TextFile>();
        Files.walkFileTree(
                root,
                new SimpleFileVisitor<>() {
                    @Override
                    public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes of) {
                        return NOT_OURS.contains(String.valueOf(folder.getFileName()))
                                ? FileVisitResult.SKIP_SUBTREE
                                : FileVisitResult.CONTINUE;
                    }

                    @Override
                    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
                            throws IOException {
                        var path = root.relativize(file).toString().replace('\\', '/');
                        files.add(new TextFile(path, text(file, attributes)));
                        return FileVisitResult.CONTINUE;
                    }
                });
        return files;
    }

    private static String text(Path file, BasicFileAttributes attributes) throws IOException {
        if (!attributes.isRegularFile() || attributes.size() > TEXT_BYTES_MAX) {
            return "";
        }
        var bytes = Files.readAllBytes(file);
        for (byte each : bytes) {
            if (each == 0) {
                return "";
            }
        }
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
