package junicorn.tidy;

import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/// A Java file as the JDK's own compiler reads it: parsed only, so nothing it imports need exist.
record JavaFile(TextFile file, CompilationUnitTree tree, SourcePositions positions) {
    static List<JavaFile> parse(List<TextFile> files) {
        if (files.isEmpty()) {
            return List.of(); // javac calls it an error
        }
        var compiler = ToolProvider.getSystemJavaCompiler();
        var byUri = new HashMap<URI, TextFile>();
        var inputs = new ArrayList<JavaFileObject>();
        for (var file : files) {
            var input = new InMemory(file);
            byUri.put(input.toUri(), file);
            inputs.add(input);
        }
        var task = (JavacTask) compiler.getTask(null, null, _ -> {}, null, null, inputs);
        try {
            var positions = Trees.instance(task).getSourcePositions();
            var parsed = new ArrayList<JavaFile>();
            for (var tree : task.parse()) {
                var file = byUri.get(tree.getSourceFile().toUri());
                if (file == null) {
                    throw new IllegalStateException("not asked for: " + tree.getSourceFile());
                }
                parsed.add(new JavaFile(file, tree, positions));
            }
            return parsed;
        } catch (IOException impossible) {
            throw new UncheckedIOException("in-memory files cannot fail", impossible);
        }
    }

    String path() {
        return file.path();
    }

    /// Empty for module-info.java, which is in no package.
    String packageName() {
        return tree.getPackageName() == null ? "" : tree.getPackageName().toString();
    }

    long firstLine(Tree part) {
        return tree.getLineMap().getLineNumber(positions.getStartPosition(tree, part));
    }

    long lastLine(Tree part) {
        return tree.getLineMap().getLineNumber(positions.getEndPosition(tree, part));
    }

    Violation violation(Tree part, String what) {
        return new Violation(path(), firstLine(part), what);
    }

    private static final class InMemory extends SimpleJavaFileObject {
        private final TextFile file;

        InMemory(TextFile file) {
            super(URI.create("memory:///" + file.path()), Kind.SOURCE);
            this.file = file;
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return file.text();
        }
    }
}
