package junicorn.worker.app;

import com.sun.net.httpserver.HttpHandler;
import jakarta.servlet.Filter;
import jakarta.servlet.Servlet;
import jakarta.servlet.ServletContainerInitializer;
import jakarta.websocket.server.ServerEndpoint;
import java.util.ArrayList;
import java.util.EventListener;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.eclipse.jetty.server.Handler;

/// What an application may be, other than a WAR.
enum Kind {
    SERVLET("a Servlet"),
    FILTER("a Filter"),
    INITIALIZER("a ServletContainerInitializer"),
    LISTENER("a servlet listener"),
    ENDPOINT("a class with @ServerEndpoint"),
    REST("a JAX-RS Application"),
    EXCHANGES("a com.sun.net.httpserver.HttpHandler"),
    JETTY("a Jetty Handler"),
    PROMISES("a junicorn.api.HttpHandler");

    private static final String REST_APPLICATION = "jakarta.ws.rs.core.Application";
    private static final String ALL =
            Stream.of(values()).map(kind -> kind.words).collect(Collectors.joining(", "))
                    + " or a public static method without parameters that returns one is needed";

    private final String words;

    Kind(String words) {
        this.words = words;
    }

    /// The first that fits; a servlet that is a listener too is a servlet.
    static Optional<Kind> of(Class<?> type) {
        return Stream.of(values()).filter(kind -> kind.fits(type)).findFirst();
    }

    /// One of several that make up one web application.
    boolean isServletKind() {
        return compareTo(REST) <= 0;
    }

    private boolean fits(Class<?> type) {
        return switch (this) {
            case SERVLET -> Servlet.class.isAssignableFrom(type);
            case FILTER -> Filter.class.isAssignableFrom(type);
            case INITIALIZER -> ServletContainerInitializer.class.isAssignableFrom(type);
            case LISTENER -> isServletListener(type);
            case ENDPOINT -> type.isAnnotationPresent(ServerEndpoint.class);
            case REST -> superTypes(type).contains(REST_APPLICATION);
            case EXCHANGES -> HttpHandler.class.isAssignableFrom(type);
            case JETTY -> Handler.class.isAssignableFrom(type);
            case PROMISES -> junicorn.api.HttpHandler.class.isAssignableFrom(type);
        };
    }

    static boolean isServletListener(Class<?> type) {
        return EventListener.class.isAssignableFrom(type)
                && superTypes(type).stream().anyMatch(name -> name.startsWith("jakarta.servlet."));
    }

    /// For a class that the operator named: says what it is, and what would do.
    static NoApplication refusal(String subject, Class<?> type) {
        return refusal(subject, type, whatItIs(type));
    }

    /// For an object that the application's method made.
    static NoApplication refusalOfObject(String subject, Class<?> type) {
        return refusal(subject, type, type.getName());
    }

    private static NoApplication refusal(String subject, Class<?> type, String what) {
        var old =
                superTypes(type).stream()
                        .filter(name -> name.startsWith("javax."))
                        .filter(name -> name.contains(".servlet.") || name.contains(".ws.rs."))
                        .findFirst();
        var hint = old.isPresent() ? " (its package is called jakarta since Jakarta EE 9)" : "";
        return new NoApplication("%s a %s%s: %s".formatted(subject, old.orElse(what), hint, ALL));
    }

    private static String whatItIs(Class<?> type) {
        var parent = type.getSuperclass();
        if (parent != null && parent != Object.class) {
            return parent.getName();
        }
        var names = Stream.of(type.getInterfaces()).map(Class::getName).toList();
        return names.isEmpty() ? "plain object" : String.join(" and ", names);
    }

    private static Set<String> superTypes(Class<?> type) {
        var names = new LinkedHashSet<String>();
        var queue = new ArrayList<Class<?>>(List.of(type));
        while (!queue.isEmpty()) {
            var next = queue.removeFirst();
            if (names.add(next.getName())) {
                queue.addAll(List.of(next.getInterfaces()));
                Optional.<Class<?>>ofNullable(next.getSuperclass()).ifPresent(queue::add);
            }
        }
        return names;
    }
}
