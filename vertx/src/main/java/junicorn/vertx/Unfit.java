package junicorn.vertx;

/// What the operator named cannot be hosted. The message says all.
final class Unfit extends Exception {
    private static final long serialVersionUID = 1;

    Unfit(String words) {
        super(words);
    }
}
