package junicorn.bench;

import static java.nio.charset.StandardCharsets.US_ASCII;

import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/// Reads all of the body and answers how many bytes it had.
@WebServlet("/upload")
public final class UploadServlet extends HttpServlet {
    private static final long serialVersionUID = 1L;

    private static final int CHUNK_BYTES = 16_384;

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        var chunk = new byte[CHUNK_BYTES];
        var body = request.getInputStream();
        long bytes = 0;
        for (int read = body.read(chunk); read >= 0; read = body.read(chunk)) {
            bytes += read;
        }
        var answer = Long.toString(bytes).getBytes(US_ASCII);
        response.setContentType("text/plain");
        response.setContentLength(answer.length);
        response.getOutputStream().write(answer);
    }
}
