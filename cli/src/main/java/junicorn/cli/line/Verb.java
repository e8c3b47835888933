package junicorn.cli.line;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// What an operator can ask a running server, by the first word of the command line.
public enum Verb {
    STATUS("[--json]", "Show the server and its workers."),
    WHY(
            "[--json] [N]",
            "Show why workers ended unexpectedly; with N, that one in full, with its threads."),
    RELOAD("", "Read the configuration again, replace all workers and wait until that is done."),
    STOP("[--quick]", "Stop the server gracefully (or at once) and wait until it is gone."),
    SCALE("N", "Set the number of workers.");

    private final String usage;
    private final String says;

    Verb(String usage, String says) {
        this.usage = usage;
        this.says = says;
    }

    static Optional<Verb> of(String word) {
        return Arrays.stream(values()).filter(verb -> verb.word().equals(word)).findFirst();
    }

    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// Those of its own; the others are the server's, by which it is found.
    List<String> flags() {
        return switch (this) {
            case STATUS, WHY -> List.of("--json");
            case STOP -> List.of("--quick");
            case RELOAD, SCALE -> List.of();
        };
    }

    boolean takesNumber() {
        return this == SCALE || this == WHY;
    }

    /// `status [--json]`
    String line() {
        return (word() + " " + usage).strip();
    }

    String says() {
        return says;
    }
}
