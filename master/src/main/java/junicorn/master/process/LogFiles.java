package junicorn.master.process;

import java.lang.System.Logger.Level;
import junicorn.control.Message;
import junicorn.log.ErrorLog;
import junicorn.os.PosixException;

/// The files that logs go to, in all processes.
public final class LogFiles {
    private static final System.Logger LOG = System.getLogger(LogFiles.class.getName());

    private LogFiles() {}

    /// The master first: it may have rights that the workers lack, to make a file that they then
    /// only open.
    public static void reopen(Workers workers) {
        try {
            ErrorLog.reopen();
            LOG.log(Level.INFO, "log files reopened signal=USR1");
        } catch (PosixException failed) {
            LOG.log(Level.WARNING, "still logging to the old file", failed);
        }
        workers.tellAll(new Message.Reopen());
    }
}
