package junicorn.worker;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import junicorn.os.NewClients;

/// Loosens the connections that were completed while new clients are turned away by their time to
/// live, see [NewClients]. Looks at all descriptors of the process, so it does not matter who
/// accepts them, ours or a worker class of somebody else's.
final class Loosening {
    private static final System.Logger LOG = System.getLogger(Loosening.class.getName());
    private static final Path DESCRIPTORS = Path.of("/proc/self/fd");

    /// Connections come for as long as the workers serve that have the listener, and a moment more.
    private static final Duration LONGER = Duration.ofSeconds(5);

    private final Duration grace;
    private boolean on; // of the control thread, as is the next one
    private long endNanos;

    /// @param grace of workers that stop
    Loosening(Duration grace) {
        this.grace = grace;
    }

    void begin() {
        on = true;
        endNanos = System.nanoTime() + grace.plus(LONGER).toNanos();
        sweep(System.nanoTime());
    }

    /// @param now [System#nanoTime()]
    void sweep(long now) {
        if (!on) {
            return;
        }
        on = now - endNanos < 0;
        try (var descriptors = Files.newDirectoryStream(DESCRIPTORS)) {
            loosen(descriptors);
        } catch (IOException failed) {
            on = false;
            LOG.log(
                    Level.WARNING,
                    "clients that come at the very end may have to wait: cannot read "
                            + DESCRIPTORS,
                    failed);
        }
    }

    private static void loosen(DirectoryStream<Path> descriptors) {
        for (var descriptor : descriptors) {
            NewClients.loosen(Integer.parseInt(descriptor.getFileName().toString()));
        }
    }
}
