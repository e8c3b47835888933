package hello;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/// The frame around every page.
final class Page {
    private Page() {}

    /// `title` and `body` are HTML already, see [#text].
    static void write(HttpServletResponse response, String title, String body) throws IOException {
        response.setContentType("text/html; charset=utf-8");
        response.getWriter()
                .print(
                        """
                        <!DOCTYPE html>
                        <html lang="en">
                        <head>
                          <meta charset="utf-8">
                          <meta name="viewport" content="width=device-width, initial-scale=1">
                          <title>%s</title>
                          <link rel="stylesheet" href="style.css">
                        </head>
                        <body>
                        <main>
                        <h1>%s</h1>
                        %s
                        </main>
                        </body>
                        </html>
                        """
                                .formatted(title, title, body));
    }

    /// Text as HTML: what a client sent is never markup.
    static String text(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
