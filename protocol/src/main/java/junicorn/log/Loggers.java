package junicorn.log;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/// Makes every [System.Logger] of the process write to stderr in our format.
///
/// The stream is the file descriptor, not [System#err], which an application may redirect.
public final class Loggers extends System.LoggerFinder {
    @SuppressWarnings("resource") // fd 2 stays open as long as the process
    private static final OutputStream STDERR = new FileOutputStream(FileDescriptor.err);

    /// For [java.util.ServiceLoader].
    public Loggers() {}

    @Override
    public System.Logger getLogger(String name, Module module) {
        var ofTheJdk = module.isNamed() && isJdk(module.getName());
        return new LineLogger(
                name,
                ofTheJdk ? System.Logger.Level.WARNING : System.Logger.Level.TRACE,
                Loggers::print);
    }

    /// The JDK logs its own affairs, every Runtime.exit for one: noise below WARNING.
    private static boolean isJdk(String module) {
        return module.startsWith("java.") || module.startsWith("jdk.");
    }

    /// One write(2) a record, so that records of several processes do not mix. If even stderr
    /// fails, there is nobody left to tell.
    @SuppressWarnings("EmptyCatch")
    private static void print(String record) {
        Log.told(record);
        try {
            STDERR.write(record.getBytes(StandardCharsets.UTF_8));
        } catch (IOException _) {
        }
    }
}
