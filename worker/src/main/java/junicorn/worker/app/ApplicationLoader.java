package junicorn.worker.app;

import java.io.File;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The classes of an application that is named by a class: what lies on its class path, then what
/// [Visibility] shows of the worker.
///
/// Its own classes come first, but for the JDK's and for those that application and worker must
/// have in common, or a servlet of the one would be no servlet to the other.
final class ApplicationLoader extends URLClassLoader {
    static {
        registerAsParallelCapable();
    }

    private final Visibility visibility;
    private final ClassLoader jdk = ClassLoader.getPlatformClassLoader();
    private final ClassLoader worker;
    private final List<Path> classPath;

    ApplicationLoader(List<Path> classPath, Visibility visibility, ClassLoader worker) {
        super("application", urls(classPath), worker);
        this.classPath = List.copyOf(classPath);
        this.visibility = visibility;
        this.worker = worker;
    }

    List<Path> classPath() {
        return classPath;
    }

    /// For messages.
    String words() {
        return classPath.isEmpty()
                ? "an empty class path (-C names it)"
                : classPath.stream()
                        .map(Path::toString)
                        .collect(Collectors.joining(File.pathSeparator, "the class path ", ""));
    }

    /// Calls the application's code with this loader as the thread's.
    <T> T call(Callable<T> code) throws Exception {
        var thread = Thread.currentThread();
        var before = thread.getContextClassLoader();
        thread.setContextClassLoader(this);
        try {
            return code.call();
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        synchronized (getClassLoadingLock(name)) {
            var type = findLoadedClass(name);
            if (type == null) {
                type = found(name);
            }
            if (resolve) {
                resolveClass(type);
            }
            return type;
        }
    }

    private Class<?> found(String name) throws ClassNotFoundException {
        try {
            return jdk.loadClass(name);
        } catch (ClassNotFoundException _) {
            return visibility.isShared(name) ? sharedFirst(name) : ownFirst(name);
        }
    }

    private Class<?> sharedFirst(String name) throws ClassNotFoundException {
        try {
            return worker.loadClass(name);
        } catch (ClassNotFoundException _) {
            return findClass(name);
        }
    }

    private Class<?> ownFirst(String name) throws ClassNotFoundException {
        try {
            return findClass(name);
        } catch (ClassNotFoundException notOurs) {
            var type = worker.loadClass(name);
            if (visibility.hides(type)) {
                throw notOurs;
            }
            return type;
        }
    }

    @Override
    public @Nullable URL getResource(String name) {
        var own = findResource(name);
        if (own != null) {
            return own;
        }
        var shared = worker.getResource(name);
        return shared == null || visibility.hides(name, shared) ? null : shared;
    }

    @Override
    public Enumeration<URL> getResources(String name) throws IOException {
        var all = new ArrayList<URL>(Collections.list(findResources(name)));
        for (var shared : Collections.list(worker.getResources(name))) {
            if (!visibility.hides(name, shared)) {
                all.add(shared);
            }
        }
        return Collections.enumeration(all);
    }

    private static URL[] urls(List<Path> classPath) {
        var urls = new ArrayList<URL>();
        for (var entry : classPath) {
            try {
                urls.add(entry.toUri().toURL());
            } catch (MalformedURLException e) {
                throw new IllegalArgumentException("not a class path entry: " + entry, e);
            }
        }
        return urls.toArray(URL[]::new);
    }
}
