package junicorn.cli;

/// The command `junicorn`.
public final class Main {
    private Main() {}

    public static void main(String[] words) {
        System.exit(new Command(System.getenv(), System.out, System.err).run(words));
    }
}
