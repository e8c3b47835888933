package junicorn.worker.app;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardLocation;
import javax.tools.ToolProvider;

/// An application made for one test: sources are compiled on the spot, files are as written.
public final class TestWar {
    private final Path scratch;
    private final Map<String, String> sources = new LinkedHashMap<>();
    private final Map<String, byte[]> files = new LinkedHashMap<>();

    public TestWar(Path scratch) {
        this.scratch = scratch;
    }

    /// A class, named as in its source.
    public TestWar source(String className, String code) {
        sources.put(className, code);
        return this;
    }

    /// A class `app.NAME` from `src/test/resources/applications/NAME.java`.
    public TestWar source(String name) throws IOException {
        try (var code = TestWar.class.getResourceAsStream("/applications/" + name + ".java")) {
            return source("app." + name, new String(requireNonNull(code).readAllBytes(), UTF_8));
        }
    }

    public TestWar file(String name, String content) {
        return file(name, content.getBytes(UTF_8));
    }

    TestWar file(String name, byte[] content) {
        files.put(name, content);
        return this;
    }

    public TestWar webXml(String elements) {
        return file(
                "WEB-INF/web.xml",
                "<web-app xmlns=\"https://jakarta.ee/xml/ns/jakartaee\" version=\"6.1\">"
                        + elements
                        + "</web-app>");
    }

    /// A library of the application: the classes and files of `content`.
    TestWar library(String name, TestWar content) throws IOException {
        return file("WEB-INF/lib/" + name, content.archive(""));
    }

    Path packed() throws IOException {
        var war = Files.createTempFile(scratch, "test", ".war");
        return Files.write(war, archive("WEB-INF/classes/"));
    }

    public Path exploded() throws IOException {
        var directory = Files.createTempDirectory(scratch, "exploded");
        WarFile.unpack(packed(), directory.resolve("app"));
        return directory.resolve("app");
    }

    /// The classes and files alone, as a directory for a class path.
    Path classes() throws IOException {
        var directory = Files.createTempDirectory(scratch, "class-path");
        var packed = Files.write(directory.resolve("all.war"), archive(""));
        return WarFile.unpack(packed, directory.resolve("classes"));
    }

    private byte[] archive(String classesFolder) throws IOException {
        var target = Files.createTempFile(scratch, "archive", ".zip");
        try (var zip = new ZipOutputStream(Files.newOutputStream(target))) {
            for (var file : files.entrySet()) {
                add(zip, file.getKey(), file.getValue());
            }
            for (var type : compiled().entrySet()) {
                add(zip, classesFolder + type.getKey(), type.getValue());
            }
        }
        return Files.readAllBytes(target);
    }

    private static void add(ZipOutputStream zip, String name, byte[] content) throws IOException {
        zip.putNextEntry(new ZipEntry(name));
        zip.write(content);
        zip.closeEntry();
    }

    private Map<String, byte[]> compiled() throws IOException {
        if (sources.isEmpty()) {
            return Map.of();
        }
        var output = Files.createTempDirectory(scratch, "classes");
        var compiler = ToolProvider.getSystemJavaCompiler();
        try (var files = compiler.getStandardFileManager(null, null, UTF_8)) {
            files.setLocationFromPaths(StandardLocation.CLASS_OUTPUT, List.of(output));
            var options =
                    List.of("-proc:none", "-classpath", System.getProperty("java.class.path"));
            var task = compiler.getTask(null, files, null, options, null, compilationUnits());
            if (!task.call()) {
                throw new IllegalArgumentException("does not compile: " + sources.keySet());
            }
        }
        return classFiles(output);
    }

    private List<JavaFileObject> compilationUnits() {
        var units = new ArrayList<JavaFileObject>();
        sources.forEach((name, code) -> units.add(new Source(name, code)));
        return units;
    }

    private static Map<String, byte[]> classFiles(Path output) throws IOException {
        var classes = new LinkedHashMap<String, byte[]>();
        try (var files = Files.walk(output)) {
            for (var file : files.filter(Files::isRegularFile).toList()) {
                classes.put(output.relativize(file).toString(), Files.readAllBytes(file));
            }
        }
        return classes;
    }

    private static final class Source extends SimpleJavaFileObject {
        private final String code;

        Source(String className, String code) {
            super(URI.create("mem:///" + className.replace('.', '/') + ".java"), Kind.SOURCE);
            this.code = code;
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return code;
        }
    }
}
