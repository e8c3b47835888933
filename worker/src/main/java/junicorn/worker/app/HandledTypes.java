package junicorn.worker.app;

import jakarta.servlet.annotation.HandlesTypes;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.lang.classfile.Annotation;
import java.lang.classfile.Attributes;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.constantpool.ClassEntry;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/// The classes of a class path that a ServletContainerInitializer asks for with `@HandlesTypes`:
/// they extend, implement or are annotated with one of its types, directly or not.
///
/// Class files are read, not loaded: only what is found becomes a class.
final class HandledTypes {
    private static final System.Logger LOG = System.getLogger(HandledTypes.class.getName());

    /// What a class names that could make it one that is asked for.
    private final Map<String, Set<String>> parents = new HashMap<>();

    private HandledTypes() {}

    static Class<?>[] of(Class<?> initializer, ApplicationLoader loader) {
        var wanted = initializer.getAnnotation(HandlesTypes.class);
        if (wanted == null) {
            return new Class<?>[0];
        }
        var types = new HandledTypes();
        ClassFiles.each(loader.classPath(), types::read);
        return types.below(Stream.of(wanted.value()).map(Class::getName).toList()).stream()
                .flatMap(name -> load(name, loader))
                .toArray(Class<?>[]::new);
    }

    private void read(String name, ClassFiles.Content content) {
        try (var in = content.open()) {
            var file = ClassFile.of().parse(in.readAllBytes());
            var above = new HashSet<String>();
            file.superclass().ifPresent(parent -> above.add(name(parent)));
            file.interfaces().forEach(parent -> above.add(name(parent)));
            annotations(file).forEach(above::add);
            parents.put(name, above);
        } catch (IOException | IllegalArgumentException e) {
            LOG.log(Level.DEBUG, "cannot read the class file of " + name, e);
        }
    }

    private static Stream<String> annotations(ClassModel file) {
        return file.findAttribute(Attributes.runtimeVisibleAnnotations()).stream()
                .flatMap(all -> all.annotations().stream())
                .map(Annotation::classSymbol)
                .map(type -> type.packageName() + "." + type.displayName());
    }

    private static String name(ClassEntry entry) {
        return entry.asInternalName().replace('/', '.');
    }

    /// Round by round, until a round finds nothing new.
    private Set<String> below(List<String> wanted) {
        var reached = new LinkedHashSet<>(wanted);
        var found = new LinkedHashSet<String>();
        var before = -1;
        while (found.size() > before) {
            before = found.size();
            parents.forEach(
                    (name, above) -> {
                        if (above.stream().anyMatch(reached::contains) && reached.add(name)) {
                            found.add(name);
                        }
                    });
        }
        return found;
    }

    /// A class that lacks one of its own is optional to its library, as a container must assume.
    private static Stream<Class<?>> load(String name, ApplicationLoader loader) {
        try {
            return Stream.of(Class.forName(name, false, loader));
        } catch (ClassNotFoundException | LinkageError e) {
            LOG.log(Level.DEBUG, "left out, as it cannot be loaded: " + name, e);
            return Stream.of();
        }
    }
}
