package junicorn.worker;

/// A request of the warm-up failed, and none was to. The message says all.
final class WarmUpFailed extends Exception {
    private static final long serialVersionUID = 1;

    WarmUpFailed(String words) {
        super(words);
    }
}
