package junicorn.vertx;

import io.vertx.core.Deployable;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import junicorn.api.Listener;

/// What the operator named: makes one object of it for each event loop, each of which can be
/// deployed.
final class Application {
    private static final String ACCEPTED =
            "a Verticle, a Handler of HttpServerRequest such as a Router, or pkg.Class::method, a"
                    + " public static method that returns one of them and takes nothing or the"
                    + " Vertx";

    private final String name;
    private final List<Listener> listeners;
    private final Callable<?> maker;

    private Application(String name, List<Listener> listeners, Callable<?> maker) {
        this.name = name;
        this.listeners = listeners;
        this.maker = maker;
    }

    /// Looks it up; makes nothing yet.
    static Application find(String name, ClassLoader loader, Vertx vertx, List<Listener> listeners)
            throws Unfit {
        if (name.startsWith("/")) {
            throw new Unfit("the worker class vertx does not host " + name + " but " + ACCEPTED);
        }
        var parts = name.split("::", 2);
        try {
            var type = Class.forName(parts[0], true, loader);
            return new Application(
                    name,
                    listeners,
                    parts.length == 1 ? object(type) : method(type, parts[1], vertx));
        } catch (ClassNotFoundException _) {
            throw new Unfit("there is no class " + parts[0] + " on the class path (-C names it)");
        }
    }

    private static Callable<?> object(Class<?> type) throws Unfit {
        if (!Deployable.class.isAssignableFrom(type) && !Handler.class.isAssignableFrom(type)) {
            throw new Unfit(type.getName() + " cannot be hosted: it must be " + ACCEPTED);
        }
        try {
            var constructor = type.getConstructor();
            return constructor::newInstance;
        } catch (NoSuchMethodException _) {
            throw new Unfit(type.getName() + " has no public constructor without parameters");
        }
    }

    private static Callable<?> method(Class<?> type, String name, Vertx vertx) throws Unfit {
        var named = Arrays.stream(type.getMethods()).filter(it -> it.getName().equals(name));
        var fits = named.filter(Application::fits).findFirst();
        if (fits.isEmpty()) {
            throw new Unfit(type.getName() + " has no method " + name + " that is " + ACCEPTED);
        }
        var method = fits.get();
        return () ->
                method.getParameterCount() == 0 ? method.invoke(null) : method.invoke(null, vertx);
    }

    private static boolean fits(Method method) {
        var parameters = method.getParameterTypes();
        return Modifier.isStatic(method.getModifiers())
                && (parameters.length == 0
                        || (parameters.length == 1 && parameters[0] == Vertx.class));
    }

    /// One more object of the application.
    ///
    /// @throws Exception the application's own, if its code throws
    Future<Deployable> make() throws Exception {
        try {
            var made = maker.call();
            return made instanceof Future<?> later
                    ? later.map(this::deployable)
                    : Future.succeededFuture(deployable(made));
        } catch (InvocationTargetException e) {
            throw e.getCause() instanceof Exception cause ? cause : e;
        }
    }

    @SuppressWarnings("unchecked") // what it handles cannot be seen; its first request would tell
    private Deployable deployable(Object made) {
        return switch (made) {
            case Deployable verticle -> verticle;
            case Handler<?> handler ->
                    new HandlerVerticle((Handler<HttpServerRequest>) handler, listeners);
            case null, default ->
                    throw new IllegalArgumentException(
                            "%s gives %s; it must give %s"
                                    .formatted(
                                            name,
                                            made == null ? "null" : made.getClass().getName(),
                                            ACCEPTED));
        };
    }
}
