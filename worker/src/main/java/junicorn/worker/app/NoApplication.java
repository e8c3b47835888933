package junicorn.worker.app;

/// What the operator named is no application. The message says all: it is shown without the name of
/// this class and without a stack.
final class NoApplication extends Exception {
    private static final long serialVersionUID = 1;

    NoApplication(String message) {
        super(message);
    }
}
