package junicorn.worker.app;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.System.Logger.Level;
import java.util.concurrent.atomic.AtomicBoolean;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.RequestLog;
import org.eclipse.jetty.server.Response;

/// The access log, in Gunicorn's words: one line per request, in a format of `%(x)s` atoms (see
/// [AccessAtom]).
///
/// Several workers write to one file or pipe: each line is one write(2), and a file is opened for
/// append, so lines never mix (in a pipe: up to 4,096 bytes). Every value is escaped as inside a
/// JSON string, a missing one is `-`: a client can forge neither a line nor, in a format that is a
/// JSON document, a member.
public final class AccessLog implements RequestLog, AutoCloseable {
    /// Gunicorn's, which is Apache's combined format.
    public static final String DEFAULT_FORMAT =
            "%(h)s %(l)s %(u)s %(t)s \"%(r)s\" %(s)s %(b)s \"%(f)s\" \"%(a)s\"";

    private static final System.Logger LOG = System.getLogger(AccessLog.class.getName());

    private final AccessLogFormat format;
    private final OutputStream out;
    private final AtomicBoolean failing = new AtomicBoolean();
    private volatile boolean silent;

    /// For tests: any stream that writes a whole array at once.
    AccessLog(String format, OutputStream out) {
        this.format = AccessLogFormat.compile(format);
        this.out = out;
    }

    /// `target` is `-` for stdout or the path of a file, which is made if need be and appended to.
    /// [IllegalArgumentException] if the format has an atom that does not exist.
    public static AccessLog open(String target, String format) throws IOException {
        refuseBadFormat(format);
        var out =
                target.equals("-")
                        ? new FileOutputStream(FileDescriptor.out)
                        : new AppendedFile(target);
        return new AccessLog(format, out);
    }

    @Override
    public void log(Request request, Response response) {
        var nanos = System.nanoTime() - request.getHeadersNanoTime();
        write(new ServedEntry(request, response, nanos));
    }

    /// A request that never reached Jetty: a bad request line (400), a header that did not come in
    /// time (408). `requestLine` is what there was of it, perhaps nothing.
    public void logUnparsed(String remoteAddress, int status, String requestLine) {
        write(new AccessEntry.Unparsed(remoteAddress, status, requestLine));
    }

    /// Whether lines are made but not written, as for requests of nobody.
    public void silent(boolean newSilent) {
        silent = newSilent;
    }

    /// Opens the file anew under its name, which is another one after a rotation. Every line is in
    /// the old file or in the new.
    ///
    /// @throws IOException if it cannot be opened: then the old one stays
    public void reopen() throws IOException {
        if (out instanceof AppendedFile file) {
            file.reopen();
        }
    }

    /// Closes the file; stdout stays open, it is not ours.
    @Override
    public void close() throws IOException {
        if (!(out instanceof FileOutputStream file) || file.getFD() != FileDescriptor.out) {
            out.close();
        }
    }

    /// Before the file: a command line that is wrong leaves nothing behind.
    private static void refuseBadFormat(String format) {
        AccessLogFormat.compile(format);
    }

    /// A full disk costs lines, not requests; said once until it works again.
    private void write(AccessEntry entry) {
        var line = format.line(entry);
        if (silent) {
            return;
        }
        try {
            out.write(line.bytes(), 0, line.length());
            failing.set(false);
        } catch (IOException e) {
            if (!failing.getAndSet(true)) {
                LOG.log(Level.WARNING, "cannot write the access log, lines are lost", e);
            }
        }
    }
}
