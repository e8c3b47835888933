package junicorn.worker;

import java.lang.System.Logger.Level;
import java.nio.file.Path;
import junicorn.control.ControlChannel;
import junicorn.control.Message;
import junicorn.control.WorkerSettings;
import junicorn.log.ErrorLog;
import junicorn.log.Log;
import junicorn.os.Processes;
import junicorn.os.Signal;
import junicorn.os.Sockets;

/// A worker's entry point. The master starts it with the control channel as fd 3, the scoreboard as
/// fd 4 and the listeners from 5 on; its arguments are for people who read ps(1).
public final class WorkerMain {
    static final int CHANNEL_FD = 3;
    static final int SCOREBOARD_FD = 4;

    private WorkerMain() {}

    /// What the JVM itself starts (`-XX:OnError`), or native code, must not keep our addresses open
    /// when we are gone. Not the channel: by it `-XX:OnOutOfMemoryError` tells the master.
    private static void keepToItself(WorkerSettings settings) {
        Sockets.closeOnExec(SCOREBOARD_FD, true);
        settings.listeners().forEach(listener -> Sockets.closeOnExec(listener.fd(), true));
    }

    public static void main(String[] arguments) {
        // the channel's end is the rule; this is for a JVM that cannot even read it any more
        Processes.dieWithParent(Signal.KILL);
        var channel = new ControlChannel(CHANNEL_FD);
        var first = channel.receive();
        if (first.isPresent() && first.get() instanceof Message.Configure(var settings)) {
            Log.level(settings.logs().logLevel());
            settings.logs().errorLog().map(Path::of).ifPresent(ErrorLog::inherit);
            keepToItself(settings);
            System.exit(new Worker(settings, channel).run());
        }
        System.getLogger(WorkerMain.class.getName())
                .log(
                        Level.ERROR,
                        "a worker is started by a master, not by hand: use the junicorn command");
        System.exit(2);
    }
}
