package junicorn.cli.settings;

/// The command was called wrongly. The message is one line that says what is wrong and what would
/// be right; the exit code is 2.
public final class Misuse extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public Misuse(String message) {
        super(message);
    }
}
