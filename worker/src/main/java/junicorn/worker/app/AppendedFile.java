package junicorn.worker.app;

import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.concurrent.atomic.AtomicInteger;

/// A file that threads append lines to, and that can be opened anew under its name meanwhile. The
/// old one is closed by whoever writes to it last: so no line is lost, and none goes to a
/// descriptor that has become another's.
final class AppendedFile extends OutputStream {
    private final String path;
    private volatile Opened current;

    AppendedFile(String path) throws IOException {
        this.path = path;
        current = new Opened(path);
    }

    @Override
    public void write(byte[] bytes, int from, int length) throws IOException {
        var file = enter();
        try {
            file.stream.write(bytes, from, length);
        } finally {
            file.leave();
        }
    }

    @Override
    public void write(int octet) throws IOException {
        write(new byte[] {(byte) octet}, 0, 1);
    }

    private Opened enter() throws IOException {
        while (true) {
            var file = current;
            if (file.enter()) {
                return file;
            }
            if (file == current) {
                throw new IOException(path + " is closed");
            }
        }
    }

    /// What is written from now on goes to the file that has the name now. If that cannot be
    /// opened, the old one stays.
    void reopen() throws IOException {
        var next = new Opened(path);
        var old = current;
        current = next;
        old.leave();
    }

    @Override
    public void close() throws IOException {
        current.leave();
    }

    /// Open as long as anybody uses it; the first use is that of being the current one.
    private static final class Opened {
        final FileOutputStream stream;
        private final AtomicInteger uses = new AtomicInteger(1);

        Opened(String path) throws IOException {
            stream = new FileOutputStream(path, true);
        }

        boolean enter() {
            return uses.getAndUpdate(count -> count == 0 ? 0 : count + 1) > 0;
        }

        void leave() throws IOException {
            if (uses.decrementAndGet() == 0) {
                stream.close();
            }
        }
    }
}
