package junicorn.os;

/// How a process ended, decoded from the status of waitpid(2).
public sealed interface Exit {
    /// It ended by itself, with 0 to 255.
    record Code(int code) implements Exit {}

    /// A signal ended it. A number and not a [Signal]: there are more signals than names for them.
    record Killed(int signal, boolean coreDumped) implements Exit {}

    /// For a log line: `code=1`, `signal=KILL`, `signal=SEGV core=dumped`.
    default String words() {
        return switch (this) {
            case Code(int code) -> "code=" + code;
            case Killed(int signal, boolean coreDumped) ->
                    "signal="
                            + Signal.of(signal).map(Signal::name).orElse(String.valueOf(signal))
                            + (coreDumped ? " core=dumped" : "");
        };
    }

    /// How waitid(2) says the same: `<bits/siginfo-consts.h>`.
    static Exit of(int code, int status) {
        return switch (code) {
            case 1 -> new Code(status); // CLD_EXITED
            case 3 -> new Killed(status, true); // CLD_DUMPED
            default -> new Killed(status, false); // CLD_KILLED
        };
    }

    /// The macros of `<bits/waitstatus.h>`: the low 7 bits are the signal or 0, the next says core,
    /// and the byte above is the exit code.
    static Exit decode(int status) {
        int signal = status & 0x7f;
        return signal == 0
                ? new Code((status >> 8) & 0xff)
                : new Killed(signal, (status & 0x80) != 0);
    }
}
