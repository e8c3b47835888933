package junicorn.cli;

/// The command `junicorn`.
public final class Main {
    private Main() {}

    public static void main(String[] arguments) {
        System.err.println("junicorn: nothing here yet");
        System.exit(1);
    }
}
