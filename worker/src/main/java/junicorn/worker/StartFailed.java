package junicorn.worker;

/// The application did not start. The cause is what it, or its container, threw.
final class StartFailed extends Exception {
    private static final long serialVersionUID = 1;

    StartFailed(Throwable cause) {
        super(cause);
    }

    @Override
    public synchronized Throwable getCause() {
        return java.util.Objects.requireNonNull(super.getCause());
    }
}
