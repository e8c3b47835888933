package junicorn.worker.poll;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;

/// What nobody expected, where a request or a connection meets the thread that serves it: it costs
/// that one, and the thread goes on to the next. Who calls has cleaned up before.
public final class Fault {
    private static final Logger LOG = System.getLogger(Fault.class.getName());

    private Fault() {}

    /// Says what it cost. Does not return if the virtual machine itself is at its end: then the
    /// thread ends, and the worker with it.
    public static void log(String what, Throwable cause) {
        throwFatal(cause);
        LOG.log(Level.ERROR, what + " after an internal error", cause);
    }

    /// Throws it on if no thread can go on after it. A stack that overflowed is whole again.
    public static void throwFatal(Throwable cause) {
        if (cause instanceof VirtualMachineError fatal && !(cause instanceof StackOverflowError)) {
            throw fatal;
        }
    }
}
