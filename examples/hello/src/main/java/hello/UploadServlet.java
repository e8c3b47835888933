package hello;

import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.MultipartConfig;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;

/// Counts the bytes of an uploaded file; keeps nothing.
@WebServlet("/upload")
@MultipartConfig(
        maxFileSize = 100 * 1024 * 1024,
        maxRequestSize = 101 * 1024 * 1024,
        fileSizeThreshold = 64 * 1024)
public class UploadServlet extends HttpServlet {
    private static final long serialVersionUID = 1L;

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response)
            throws ServletException, IOException {
        var part = request.getPart("file");
        if (part == null) {
            response.sendError(HttpServletResponse.SC_BAD_REQUEST, "no part named file");
            return;
        }
        var name = Optional.ofNullable(part.getSubmittedFileName()).orElse("(no name)");
        Page.write(
                response,
                "Uploaded",
                """
                <p class="lead">Worker %d read <b>%d</b> bytes of <code>%s</code>.</p>
                <p><a href=".">Back</a></p>
                """
                        .formatted(Worker.pid(), part.getSize(), Page.text(name)));
        part.delete();
    }
}
