package junicorn.master.table;

import java.util.Locale;
import java.util.Optional;
import junicorn.os.Exit;
import junicorn.os.Signal;

/// Why a worker ended that should not have: nothing but what is known for sure.
///
/// @param words one line for the operator
public record Verdict(Kind kind, String words) {
    public enum Kind {
        SIGNAL,
        OOM_KILL,
        CRASH,
        EXIT,
        STUCK,
        BOOT_TIMEOUT,
        BOOT_FAILED,
        GRACEFUL_TIMEOUT,
        UNFIT,
        OUT_OF_MEMORY,
        SPAWN_FAILED;

        /// `oom-kill`, in JSON.
        String word() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    private static final int KILL = Signal.KILL.number();

    /// What a JVM exits with that a signal ended: 128 and the signal.
    private static final int CODE_OF_SIGNALS = 128;

    /// For the line of the log that tells the end, with a space in front: what that does not say.
    public String news() {
        return switch (kind) {
            case OOM_KILL -> " cause=oom-kill";
            case CRASH -> " cause=\"%s\"".formatted(words);
            default -> "";
        };
    }

    /// Empty if it ended as it was asked to.
    public static Optional<Verdict> of(Exit exit, Worker worker, PostMortem found) {
        var blame = worker.blame();
        if (worker.isRetiring() && blame.isEmpty() && isInOrder(exit)) {
            return Optional.empty();
        }
        return blame.isPresent() ? blame : Optional.of(byEnd(exit, found));
    }

    private static boolean isInOrder(Exit exit) {
        return switch (exit) {
            case Exit.Code(int code) -> code == 0 || isRequest(code - CODE_OF_SIGNALS);
            case Exit.Killed(int signal, _) -> isRequest(signal);
        };
    }

    private static boolean isRequest(int signal) {
        return signal == Signal.TERM.number() || signal == Signal.INT.number();
    }

    private static Verdict byEnd(Exit exit, PostMortem found) {
        return switch (exit) {
            case Exit.Killed(int signal, _) when signal == KILL -> killed(found.oomKill());
            case Exit.Killed killed -> signalled(killed, found.crash());
            case Exit.Code(int code) ->
                    new Verdict(Kind.EXIT, "its process exited by itself with code " + code);
        };
    }

    private static Verdict killed(PostMortem.OomKill oomKill) {
        return switch (oomKill) {
            case YES ->
                    new Verdict(
                            Kind.OOM_KILL,
                            "the kernel killed it to free memory (counted as oom_kill in the"
                                    + " control group)");
            case NO ->
                    new Verdict(
                            Kind.SIGNAL,
                            "killed by SIGKILL from outside, not by the kernel's OOM killer, which counted none");
            case UNKNOWN ->
                    new Verdict(
                            Kind.SIGNAL,
                            "killed by SIGKILL; the kernel does not tell here whether to free memory");
        };
    }

    private static Verdict signalled(Exit.Killed killed, Optional<CrashReport> crash) {
        return crash.map(it -> new Verdict(Kind.CRASH, "the JVM crashed: " + it.what()))
                .orElseGet(
                        () ->
                                new Verdict(
                                        Kind.SIGNAL,
                                        "ended by signal "
                                                + Signal.of(killed.signal())
                                                        .map(Signal::name)
                                                        .orElse(String.valueOf(killed.signal()))));
    }
}
