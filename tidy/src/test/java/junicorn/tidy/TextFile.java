package junicorn.tidy;

import java.util.List;

/// A file of the project: its path from the root, with slashes, and its text (empty if binary).
record TextFile(String path, String text) {
    List<String> lines() {
        return text.lines().toList();
    }

    boolean isJava() {
        return path.endsWith(".java");
    }

    boolean isMarkdown() {
        return path.endsWith(".md");
    }

    boolean isTest() {
        return path.contains("src/test/");
    }

    String name() {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    String folder() {
        return path.substring(0, Math.max(0, path.lastIndexOf('/')));
    }
}
