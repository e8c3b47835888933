package junicorn.worker.app;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.charset.Charset;
import org.eclipse.jetty.ee11.servlet.ErrorPageErrorHandler;
import org.eclipse.jetty.server.Request;
import org.jspecify.annotations.Nullable;

/// The page for an error that the application has no page for: status and reason, and never a
/// stack, a class name or an exception's message.
final class ErrorPages extends ErrorPageErrorHandler {
    ErrorPages() {
        setShowStacks(false);
        setShowCauses(false);
    }

    @Override
    protected void writeErrorHtml(
            Request request,
            Writer writer,
            Charset charset,
            int code,
            @Nullable String message,
            @Nullable Throwable cause)
            throws IOException {
        writer.write(PlainErrors.html(code, charset, PlainErrors.shown(code, message, cause)));
    }

    @Override
    protected void writeErrorPlain(
            Request request,
            PrintWriter writer,
            int code,
            @Nullable String message,
            @Nullable Throwable cause) {
        writer.write(PlainErrors.text(code, PlainErrors.shown(code, message, cause)));
    }

    @Override
    protected void writeErrorJson(
            Request request,
            PrintWriter writer,
            int code,
            @Nullable String message,
            @Nullable Throwable cause) {
        writer.write(PlainErrors.json(code, PlainErrors.shown(code, message, cause)));
    }
}
