package junicorn.os;

import sun.misc.SignalHandler;

/// What this process does when a signal comes, by `sun.misc.Signal`: the JVM's own dispatcher, so
/// no Java runs inside a C signal handler.
public final class Signals {
    private Signals() {}

    /// Runs `action` on a new thread each time the signal comes; it should only enqueue.
    ///
    /// False where the JVM keeps the signal to itself (QUIT is its thread dump; ILL, FPE, BUS and
    /// SEGV its own faults), where nobody can handle it (KILL, STOP), and for HUP, INT and TERM
    /// where they were ignored when the JVM started, as nohup(1) does: the JVM then leaves them
    /// ignored. USR2 is accepted, but HotSpot suspends threads with it unless `_JAVA_SR_SIGNUM`
    /// names another before the JVM starts.
    public static boolean handle(Signal signal, Runnable action) {
        return install(signal, _ -> action.run());
    }

    /// Drops the signal from now on. False as in [#handle].
    public static boolean ignore(Signal signal) {
        return install(signal, SignalHandler.SIG_IGN);
    }

    private static boolean install(Signal signal, SignalHandler handler) {
        SignalHandler former;
        try {
            former = sun.misc.Signal.handle(new sun.misc.Signal(signal.name()), handler);
        } catch (IllegalArgumentException _) { // "Signal already used by VM or OS"
            return false;
        }
        return !(former.equals(SignalHandler.SIG_IGN) && staysIgnored(signal));
    }

    /// The JVM's shutdown signals: asked to handle one of them while it is ignored, HotSpot answers
    /// "it was ignored" and changes nothing (`PosixSignals::is_ignored` in JVM_RegisterSignal).
    private static boolean staysIgnored(Signal signal) {
        return switch (signal) {
            case HUP, INT, TERM -> true;
            default -> false;
        };
    }
}
