package junicorn.log;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStream;
import java.lang.System.Logger.Level;
import java.time.Duration;

/// Makes every [System.Logger] of the process write to stderr in our format.
///
/// The stream is the file descriptor, not [System#err], which an application may redirect.
public final class Loggers extends System.LoggerFinder {
    @SuppressWarnings("resource") // fd 2 stays open as long as the process
    private static final OutputStream STDERR = new FileOutputStream(FileDescriptor.err);

    /// Of who logs while nobody reads.
    private static final Duration PATIENCE = Duration.ofMillis(100);

    /// Of a process that ends.
    private static final Duration LAST_PATIENCE = Duration.ofMillis(500);

    private static final LogWriter WRITER = new LogWriter(STDERR::write, PATIENCE, Loggers::lost);

    static {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> WRITER.flush(LAST_PATIENCE), "log"));
    }

    /// For [java.util.ServiceLoader].
    public Loggers() {}

    @Override
    public System.Logger getLogger(String name, Module module) {
        var ofTheJdk = module.isNamed() && isJdk(module.getName());
        return new LineLogger(name, ofTheJdk ? Level.WARNING : Level.TRACE, Loggers::print);
    }

    /// The JDK logs its own affairs, every Runtime.exit for one: noise below WARNING.
    private static boolean isJdk(String module) {
        return module.startsWith("java.") || module.startsWith("jdk.");
    }

    private static void print(String record) {
        Log.told(record);
        WRITER.write(record);
    }

    private static String lost(long count) {
        var words = "%d log lines are lost here: nobody read the log".formatted(count);
        return LogLine.format(System.currentTimeMillis(), Level.WARNING, words, null);
    }
}
