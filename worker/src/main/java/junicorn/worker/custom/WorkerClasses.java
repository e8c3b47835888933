package junicorn.worker.custom;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Modifier;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import junicorn.api.WorkerClass;

/// Finds a worker class by the name that the operator gave it.
public final class WorkerClasses {
    private WorkerClasses() {}

    /// A new object of the worker class: one that a service file announces under this name, else
    /// the class of this name.
    ///
    /// @throws NoWorkerClass in words for the operator
    public static WorkerClass make(String name, ClassLoader loader) throws NoWorkerClass {
        var announced = announced(name, loader);
        return announced.isPresent() ? announced.get() : made(name, loader);
    }

    private static Optional<WorkerClass> announced(String name, ClassLoader loader)
            throws NoWorkerClass {
        try {
            for (var worker : ServiceLoader.load(WorkerClass.class, loader)) {
                if (worker.name().equals(name)) {
                    return Optional.of(worker);
                }
            }
            return Optional.empty();
        } catch (ServiceConfigurationError e) {
            throw new NoWorkerClass("META-INF/services is wrong: " + e.getMessage(), e);
        }
    }

    private static WorkerClass made(String name, ClassLoader loader) throws NoWorkerClass {
        var type = named(name, loader);
        if (!WorkerClass.class.isAssignableFrom(type)) {
            throw new NoWorkerClass(
                    "%s is no worker class: it must implement %s"
                            .formatted(name, WorkerClass.class.getName()));
        }
        if (!Modifier.isPublic(type.getModifiers()) || Modifier.isAbstract(type.getModifiers())) {
            throw new NoWorkerClass("worker class " + name + " must be public and not abstract");
        }
        try {
            return (WorkerClass) type.getConstructor().newInstance();
        } catch (NoSuchMethodException _) {
            throw new NoWorkerClass(
                    "worker class " + name + " has no public constructor without parameters");
        } catch (InvocationTargetException e) {
            throw new NoWorkerClass("worker class " + name + " cannot be made", e.getCause());
        } catch (ReflectiveOperationException e) {
            throw new NoWorkerClass("worker class " + name + " cannot be made", e);
        }
    }

    private static Class<?> named(String name, ClassLoader loader) throws NoWorkerClass {
        try {
            return Class.forName(name, true, loader);
        } catch (ClassNotFoundException _) {
            throw new NoWorkerClass(
                    "there is no worker class " + name + " on the class path (-C names it)");
        }
    }
}
