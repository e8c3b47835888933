package junicorn.systemtest;

import junicorn.os.Processes;
import junicorn.os.Signal;

/// The master that USR2 has started beside a server's own, from the moment it is ready. Both write
/// to the server's output, so [RunningServer#awaitExit] waits for both.
record NewMaster(RunningServer server, long pid) {
    static NewMaster beside(RunningServer server) {
        int mark = server.err().mark();
        server.signal(Signal.USR2);
        var line = server.err().await(mark, "new master ready pid=(\\d+)", Await.BOOT);
        return new NewMaster(server, Long.parseLong(line.group(1)));
    }

    void signal(Signal signal) {
        Processes.kill(pid, signal);
    }

    /// The old one is told to go, and is gone.
    NewMaster takeOver() {
        server.signal(Signal.TERM);
        Await.until("the end of the old master", Await.BOOT, server::alive, alive -> !alive);
        awaitSays("the old master is gone, this one has taken over");
        return this;
    }

    /// Waits for a line that this master writes.
    void awaitSays(String regex) {
        server.err().await("\\[" + pid + "\\].*" + regex, Await.BOOT);
    }

    Ended stop() {
        signal(Signal.TERM);
        return server.awaitExit();
    }
}
