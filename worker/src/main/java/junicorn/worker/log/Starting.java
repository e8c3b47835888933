package junicorn.worker.log;

/// Knows whether an application is starting on this thread. What makes a start fail is thrown and
/// reported once; a line of Jetty's about the same would be the second, with forty frames.
public final class Starting {
    private static final ScopedValue<Boolean> NOW = ScopedValue.newInstance();

    private Starting() {}

    /// Runs the start.
    public static <X extends Exception> void run(Start<X> start) throws X {
        ScopedValue.where(NOW, true)
                .<Boolean, X>call(
                        () -> {
                            start.run();
                            return true;
                        });
    }

    static boolean now() {
        return NOW.isBound();
    }

    /// A start, which may fail.
    @FunctionalInterface
    public interface Start<X extends Exception> {
        void run() throws X;
    }
}
