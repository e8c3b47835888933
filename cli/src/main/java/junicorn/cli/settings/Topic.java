package junicorn.cli.settings;

/// The groups of `--help` and of the reference page, in this order.
public enum Topic {
    SOCKET("Socket"),
    WORKERS("Workers"),
    RENEWAL("Replacing workers"),
    SCALING("Scaling"),
    DEADLINES("Deadlines"),
    LIMITS("Limits on a request"),
    APPLICATION("Application"),
    LOGS("Logs"),
    PROCESS("Process"),
    HOOKS("Hooks"),
    INSTEAD("Instead of serving");

    private final String title;

    Topic(String title) {
        this.title = title;
    }

    public String title() {
        return title;
    }
}
