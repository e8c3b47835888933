package junicorn.worker.app;

import java.io.File;
import java.net.MalformedURLException;
import java.net.URL;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What an application sees of the worker's class path: our interface, Jakarta's, and the few
/// classes behind them that it names itself, by `web.xml` or in a compiled JSP page. All else that
/// lies in the worker's own jars is hidden, classes and resources alike, so its SLF4J, Jackson or
/// ASM win, and `ServiceLoader` finds no provider of ours.
///
/// A list of what is shown rather than of what is hidden: a jar added to the worker is hidden by
/// default. What does not come from the worker's jars (the JDK, a Java agent of the operator) is
/// always visible.
final class Visibility {
    private static final List<String> SHOWN =
            List.of(
                    "junicorn.api.",
                    "jakarta.servlet.",
                    "jakarta.el.",
                    "jakarta.websocket.",
                    "jakarta.annotation.",
                    // what we offer to an application
                    "junicorn.api.",
                    // compiled JSP pages extend and call these
                    "org.apache.jasper.",
                    "org.apache.el.",
                    "org.apache.tomcat.",
                    "org.apache.juli.",
                    "org.eclipse.jetty.ee11.jsp.",
                    "org.eclipse.jetty.ee11.apache.jsp.",
                    // java:comp/env
                    "org.eclipse.jetty.jndi.",
                    // named in webdefault.xml and in META-INF/services of the interfaces above
                    "org.eclipse.jetty.ee11.servlet.DefaultServlet",
                    "org.eclipse.jetty.ee11.websocket.servlet.WebSocketUpgradeFilter",
                    "org.eclipse.jetty.ee11.websocket.jakarta.server.config.",
                    "org.eclipse.jetty.ee11.websocket.jakarta.client.JakartaWebSocketClientContainerProvider",
                    "org.eclipse.jetty.ee11.websocket.jakarta.client.JakartaWebSocketShutdownContainer");

    /// What an application that is a class sees besides: it may be a handler of Jetty's, which is
    /// made of Jetty's classes, and those have SLF4J in their signatures.
    private static final List<String> SHOWN_TO_CLASSES =
            List.of("org.eclipse.jetty.", "org.slf4j.");

    /// A provider of ours would meet the application's own SLF4J; our SLF4J finds it without this.
    private static final String LOG_PROVIDER = "org.slf4j.spi.SLF4JServiceProvider";

    private final Set<String> ours;
    private final List<String> shown;

    private Visibility(Set<String> ours, List<String> shown) {
        this.ours = ours;
        this.shown = shown;
    }

    /// The rule for a WAR. The class path and module path of this process are the worker's own.
    static Visibility forWars() {
        return new Visibility(ours(), SHOWN);
    }

    /// The rule for an application that is a class.
    static Visibility forClasses() {
        return new Visibility(
                ours(), Stream.of(SHOWN, SHOWN_TO_CLASSES).flatMap(List::stream).toList());
    }

    private static Set<String> ours() {
        var ours = new HashSet<String>();
        for (var property : List.of("java.class.path", "jdk.module.path")) {
            for (var entry : System.getProperty(property, "").split(File.pathSeparator, -1)) {
                if (!entry.isEmpty()) {
                    ours.add(location(Path.of(entry)));
                }
            }
        }
        return ours;
    }

    /// True if the worker's class wins over the application's own of that name. Not so for SLF4J:
    /// an application that brings its own logs with it.
    boolean isShared(String className) {
        return isShown(className) && !className.startsWith("org.slf4j.");
    }

    boolean hides(Class<?> type) {
        var source = type.getProtectionDomain().getCodeSource();
        return isOurs(source) && !isShown(type.getName());
    }

    /// `name` is what was asked for, `url` where the worker's class path has it.
    boolean hides(String name, URL url) {
        var dotted = dotted(name);
        return isOurs(url) && (!isShown(dotted) || dotted.equals(LOG_PROVIDER));
    }

    private boolean isOurs(@Nullable CodeSource source) {
        return source != null && source.getLocation() != null && isOurs(source.getLocation());
    }

    private boolean isOurs(URL url) {
        var text = url.toString();
        if (text.startsWith("jar:")) {
            var end = text.indexOf("!/");
            return ours.contains(text.substring("jar:".length(), end < 0 ? text.length() : end));
        }
        return ours.contains(text)
                || ours.stream().anyMatch(root -> root.endsWith("/") && text.startsWith(root));
    }

    private boolean isShown(String name) {
        return name.equals("jndi.properties") || shown.stream().anyMatch(name::startsWith);
    }

    /// `META-INF/services/jakarta.el.X` counts as `jakarta.el.X`, `jakarta/el/X.class` likewise.
    private static String dotted(String name) {
        var services = "META-INF/services/";
        return name.startsWith(services)
                ? name.substring(services.length())
                : name.indexOf('/') < 0 ? name : name.replace('/', '.');
    }

    private static String location(Path entry) {
        try {
            return entry.toUri().toURL().toString();
        } catch (MalformedURLException e) {
            throw new IllegalArgumentException("not a class path entry: " + entry, e);
        }
    }
}
