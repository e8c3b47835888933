package junicorn.master.table;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// Why a process that lives does not run, see proc_pid_stat(5).
public enum Halt {
    /// It may run.
    NONE,

    /// Somebody sent STOP, or a terminal did.
    STOPPED,

    /// A debugger holds it, see ptrace(2).
    TRACED;

    /// @param proc `/proc`, or a folder that looks like it
    public static Halt of(Path proc, long pid) {
        try {
            return of(Files.readString(proc.resolve(Long.toString(pid)).resolve("stat")));
        } catch (IOException _) { // gone, or hidden from us
            return NONE;
        }
    }

    /// The state is the third field; the second is a name in parentheses, which may hold anything.
    public static Halt of(String stat) {
        var at = stat.lastIndexOf(')') + 2;
        return switch (at < stat.length() ? stat.charAt(at) : ' ') {
            case 'T' -> STOPPED;
            case 't' -> TRACED;
            default -> NONE;
        };
    }
}
