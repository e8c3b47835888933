package app;

import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.UncheckedIOException;

@WebServlet(urlPatterns = "/async", asyncSupported = true)
public class Async extends HttpServlet {
    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response)
            throws IOException, ServletException {
        var later = request.startAsync();
        later.start(
                () -> {
                    try {
                        later.getResponse().getWriter().print("later");
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    } finally {
                        later.complete();
                    }
                });
    }
}
