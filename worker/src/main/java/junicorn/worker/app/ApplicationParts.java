package junicorn.worker.app;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Makes the objects that the operator named: of each class one, or what its method returns.
///
/// What cannot be made is refused with the reason and what would do; what the application's own
/// code throws is thrown on.
final class ApplicationParts {
    private final ApplicationLoader loader;

    ApplicationParts(ApplicationLoader loader) {
        this.loader = loader;
    }

    /// Objects, each of some [Kind].
    List<Object> make(List<NamedClass> names) throws Exception {
        var parts = new ArrayList<Object>();
        for (var name : names) {
            var type = load(name);
            if (name.method().isPresent()) {
                addAll(parts, name + " returned", call(type, name.method().get(), name));
            } else {
                parts.add(instance(type, type.getName() + " is"));
            }
        }
        return parts;
    }

    private Class<?> load(NamedClass name) throws NoApplication {
        try {
            return Class.forName(name.className(), false, loader);
        } catch (ClassNotFoundException _) {
            var near =
                    NearestClass.to(name.className(), loader.classPath())
                            .map("; did you mean %s?"::formatted)
                            .orElse("");
            throw new NoApplication(
                    "there is no class %s in %s%s"
                            .formatted(name.className(), loader.words(), near));
        }
    }

    private static void addAll(List<Object> parts, String subject, Object made) throws Exception {
        var each =
                switch (made) {
                    case Object[] array -> List.of(array);
                    case List<?> list -> list;
                    default -> List.of();
                };
        if (each.isEmpty() && (made instanceof Object[] || made instanceof List<?>)) {
            throw new NoApplication(subject + " an empty list: at least one part is needed");
        }
        if (each.isEmpty()) {
            parts.add(part(subject, made));
        }
        for (var one : each) {
            parts.add(part(subject + " a list with", one));
        }
    }

    private static Object part(String subject, @Nullable Object made) throws Exception {
        if (made == null) {
            throw new NoApplication(subject + " null");
        }
        if (made instanceof Class<?> type) {
            return instance(type, "%s class %s, which is".formatted(subject, type.getName()));
        }
        var kind = Kind.of(made.getClass());
        if (kind.isEmpty()) {
            throw Kind.refusalOfObject(subject, made.getClass());
        }
        if (kind.get() == Kind.ENDPOINT) {
            throw new NoApplication(
                    "%s a %s, but each WebSocket has an endpoint of its own: return the class"
                            .formatted(subject, made.getClass().getName()));
        }
        return made;
    }

    private static Object instance(Class<?> type, String subject) throws Exception {
        if (Kind.of(type).isEmpty()) {
            throw refusal(type, subject);
        }
        var name = type.getName();
        if (Modifier.isAbstract(type.getModifiers())) {
            throw new NoApplication(
                    name + " is abstract: name a class that can be made" + hint(type, "or name "));
        }
        refuseHidden(Modifier.isPublic(type.getModifiers()), "class " + name);
        try {
            var constructor = type.getConstructor();
            return Kind.of(type).orElseThrow() == Kind.ENDPOINT
                    ? new Endpoint(type)
                    : constructor.newInstance();
        } catch (NoSuchMethodException _) {
            throw new NoApplication(
                    "%s cannot be made: it has no public constructor without parameters%s"
                            .formatted(name, hint(type, "or name ")));
        } catch (InvocationTargetException e) {
            throw causeOf(e);
        }
    }

    private static NoApplication refusal(Class<?> type, String subject) {
        var plain = Kind.refusal(subject, type);
        return new NoApplication(plain.getMessage() + hint(type, "or name "));
    }

    private static Object call(Class<?> type, String methodName, NamedClass name) throws Exception {
        var methods =
                Stream.concat(Stream.of(type.getMethods()), Stream.of(type.getDeclaredMethods()))
                        .filter(method -> method.getName().equals(methodName))
                        .toList();
        if (methods.isEmpty()) {
            throw new NoApplication(
                    "there is no method %s%s".formatted(name, hint(type, "there is ")));
        }
        var method =
                methods.stream()
                        .filter(candidate -> candidate.getParameterCount() == 0)
                        .findFirst()
                        .orElseThrow(
                                () ->
                                        new NoApplication(
                                                "%s needs arguments: a method without parameters is needed"
                                                        .formatted(name)));
        if (!Modifier.isStatic(method.getModifiers())) {
            throw new NoApplication(name + " is not static");
        }
        refuseHidden(Modifier.isPublic(type.getModifiers()), "class " + type.getName());
        refuseHidden(Modifier.isPublic(method.getModifiers()), name.toString());
        return result(method, name);
    }

    private static Object result(Method method, NamedClass name) throws Exception {
        try {
            var made = method.invoke(null);
            if (made == null) {
                throw new NoApplication(
                        method.getReturnType() == void.class
                                ? name + " returns nothing, it is void"
                                : name + " returned null");
            }
            return made;
        } catch (InvocationTargetException e) {
            throw causeOf(e);
        }
    }

    private static void refuseHidden(boolean isPublic, String what) throws NoApplication {
        if (!isPublic) {
            throw new NoApplication(what + " is not public");
        }
    }

    /// Methods that look as if they made an application: the operator may have meant one of them.
    private static String hint(Class<?> type, String verb) {
        var methods =
                Stream.of(type.getMethods())
                        .filter(method -> Modifier.isStatic(method.getModifiers()))
                        .filter(method -> method.getParameterCount() == 0)
                        .filter(method -> isPromising(method.getReturnType()))
                        .map(method -> type.getName() + "::" + method.getName())
                        .sorted()
                        .collect(Collectors.joining(", "));
        return methods.isEmpty() ? "" : "; " + verb + methods;
    }

    private static boolean isPromising(Class<?> type) {
        return Kind.of(type).isPresent() || type.isArray() || List.class.isAssignableFrom(type);
    }

    private static Exception causeOf(InvocationTargetException e) {
        if (e.getCause() instanceof Error error) {
            throw error;
        }
        return e.getCause() instanceof Exception cause ? cause : e;
    }
}
