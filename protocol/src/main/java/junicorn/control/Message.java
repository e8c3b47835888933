package junicorn.control;

import java.nio.charset.StandardCharsets;

/// What master and worker tell each other. On the wire: one byte for the kind, then the [Fields].
public sealed interface Message {
    /// Worker: the application has started and the worker serves.
    ///
    /// @param startMillis from the start of the process
    record Ready(long startMillis) implements Message {}

    /// Worker: the application did not start; the worker exits after this.
    ///
    /// @param reason one line for the operator
    /// @param stack the application's exception as printed by [Throwable#printStackTrace]; empty if
    ///     there is none
    record BootFailed(String reason, String stack) implements Message {
        private static final int REASON_CHARS_MAX = 1000;
        private static final String NOTE = "... (cut)";

        boolean isLong() {
            return reason.length() > REASON_CHARS_MAX || stack.length() > NOTE.length() * 2;
        }

        /// Half the stack, and a reason of bounded length, with a note that there was more.
        BootFailed cut() {
            var shortReason =
                    reason.length() > REASON_CHARS_MAX
                            ? reason.substring(0, REASON_CHARS_MAX - NOTE.length()) + NOTE
                            : reason;
            return new BootFailed(
                    shortReason, stack.substring(0, stack.length() / 2) + "\n" + NOTE);
        }
    }

    /// Worker: something in it cannot be mended, it is to be replaced. It serves on until the
    /// master tells it to stop. Said once.
    ///
    /// @param reason one line for the operator
    record Unfit(String reason) implements Message {}

    /// Worker: it has reached a limit of its own, of requests or of memory, and is to be replaced
    /// in good time. It serves on until the master tells it to stop, but for a worker of one
    /// request, which ends by itself. Said once.
    ///
    /// @param reason a few words for the operator, like `1000 requests`
    record Recycle(String reason) implements Message {}

    /// Master: open the log files anew, under their names.
    record Reopen() implements Message {}

    /// Master: new clients are turned away by their time to live from now on, see
    /// [junicorn.os.NewClients]: connections that are accepted yet have to be loosened.
    record Loosen() implements Message {}

    /// Master: say what you are doing.
    ///
    /// @param last whether the worker is about to be killed, because it makes no progress
    record Explain(boolean last) implements Message {
        public Explain() {
            this(false);
        }
    }

    /// Worker: the answer to [Explain].
    ///
    /// @param dump its running requests and all its threads, for people
    record Explained(String dump) implements Message {
        private static final String NOTE = "\n... (cut)";

        Explained cut() {
            return new Explained(dump.substring(0, dump.length() / 4 * 3) + NOTE);
        }
    }

    /// Master: the first message that a worker gets.
    record Configure(WorkerSettings settings) implements Message {}

    /// Master: this worker is the leader from now on, until it drains or dies.
    record Lead() implements Message {}

    /// Master: this worker, which was parked, accepts clients from now on.
    record Serve() implements Message {}

    /// Worker: it was the leader, begins to stop, and leads no more.
    record Yielded() implements Message {}

    /// The kind is the first byte: the codes are never renumbered.
    default byte[] encode() {
        return switch (this) {
            case Ready(long startMillis) ->
                    bytes('R', new Fields().put("startMillis", startMillis));
            case BootFailed(String reason, String stack) ->
                    bytes('F', new Fields().put("reason", reason).put("stack", stack));
            case Unfit(String reason) -> bytes('U', new Fields().put("reason", reason));
            case Recycle(String reason) -> bytes('X', new Fields().put("reason", reason));
            case Reopen() -> bytes('O', new Fields());
            case Loosen() -> bytes('T', new Fields());
            case Explain(boolean last) -> bytes('E', new Fields().put("last", last));
            case Explained(String dump) -> bytes('D', new Fields().put("dump", dump));
            case Configure(WorkerSettings settings) -> bytes('C', settings.fields());
            case Lead() -> bytes('L', new Fields());
            case Serve() -> bytes('S', new Fields());
            case Yielded() -> bytes('Y', new Fields());
        };
    }

    /// What [#encode] made.
    ///
    /// @throws IllegalArgumentException if it is none of ours
    static Message decode(byte[] bytes) {
        if (bytes.length == 0) {
            throw new IllegalArgumentException("an empty message");
        }
        var fields = Fields.parse(new String(bytes, 1, bytes.length - 1, StandardCharsets.UTF_8));
        return switch (bytes[0]) {
            case 'R' -> new Ready(fields.number("startMillis"));
            case 'F' -> new BootFailed(fields.text("reason"), fields.text("stack"));
            case 'U' -> new Unfit(fields.text("reason"));
            case 'X' -> new Recycle(fields.text("reason"));
            case 'O' -> new Reopen();
            case 'T' -> new Loosen();
            case 'E' -> new Explain(fields.flag("last"));
            case 'D' -> new Explained(fields.text("dump"));
            case 'C' -> new Configure(WorkerSettings.of(fields));
            case 'L' -> new Lead();
            case 'S' -> new Serve();
            case 'Y' -> new Yielded();
            default -> throw new IllegalArgumentException("a message of unknown kind " + bytes[0]);
        };
    }

    private static byte[] bytes(char kind, Fields fields) {
        return (kind + fields.toString()).getBytes(StandardCharsets.UTF_8);
    }
}
