package junicorn.worker.app;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.charset.Charset;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.StringUtil;
import org.jspecify.annotations.Nullable;

/// Error pages for requests that reach no application, such as one outside the context path. The
/// words are shared with [ErrorPages].
final class PlainErrors extends ErrorHandler {
    @Override
    protected void writeErrorHtml(
            Request request,
            Writer writer,
            Charset charset,
            int code,
            @Nullable String message,
            @Nullable Throwable cause)
            throws IOException {
        writer.write(html(code, charset, shown(code, message, cause)));
    }

    @Override
    protected void writeErrorPlain(
            Request request,
            PrintWriter writer,
            int code,
            @Nullable String message,
            @Nullable Throwable cause) {
        writer.write(text(code, shown(code, message, cause)));
    }

    @Override
    protected void writeErrorJson(
            Request request,
            PrintWriter writer,
            int code,
            @Nullable String message,
            @Nullable Throwable cause) {
        writer.write(json(code, shown(code, message, cause)));
    }

    /// The message that the application gave to `sendError`; an exception's stays in the log.
    static String shown(int code, @Nullable String message, @Nullable Throwable cause) {
        return message == null || cause != null ? HttpStatus.getMessage(code) : message;
    }

    static String html(int code, Charset charset, String message) {
        var words = code + " " + StringUtil.sanitizeXmlString(message);
        return """
        <!DOCTYPE html>
        <html lang="en">
        <head><meta charset="%s"><title>%s</title></head>
        <body><h1>%s</h1></body>
        </html>
        """
                .formatted(charset.name().toLowerCase(java.util.Locale.ROOT), words, words);
    }

    static String text(int code, String message) {
        return code + " " + message + "\n";
    }

    static String json(int code, String message) {
        var line = new LogLine();
        line.literal("{\"status\":" + code + ",\"message\":\"");
        line.value(message);
        line.literal("\"}\n");
        return line.toString();
    }
}
