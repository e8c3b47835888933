package junicorn.master.decide;

import java.util.Set;
import junicorn.master.loop.Event;
import junicorn.master.table.PostMortem;
import junicorn.master.table.Worker;
import junicorn.os.Exit;
import junicorn.os.Signal;

/// Whose doing the end of a worker was.
enum Blame {
    /// It crashed, left, could not start, or was killed for something that it did not do.
    ITS_OWN,
    /// Somebody's KILL: the kernel's for memory, or the master's for a worker that was stuck.
    /// Nothing is known against its code, and nothing for it.
    KILLED,
    /// It had served, and somebody outside sent a signal: the next one may start at once.
    OTHERS;

    /// What a process does to itself, or the kernel for what the process did: a crash of the JVM
    /// ends with one of these.
    private static final Set<Integer> OF_CRASHES =
            Set.of(
                    Signal.ILL.number(),
                    Signal.TRAP.number(),
                    Signal.ABRT.number(),
                    Signal.BUS.number(),
                    Signal.FPE.number(),
                    Signal.SEGV.number(),
                    Signal.XCPU.number(),
                    Signal.XFSZ.number(),
                    Signal.SYS.number());

    static Blame of(Event.WorkerExited exit, Worker worker) {
        if (!(exit.exit() instanceof Exit.Killed(int signal, _)) || OF_CRASHES.contains(signal)) {
            return ITS_OWN;
        }
        var forMemory = exit.found().oomKill() == PostMortem.OomKill.YES;
        return forMemory || worker.isCondemned() || !worker.isReady() ? KILLED : OTHERS;
    }
}
