package app;

import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/// What lies below the paths that are guarded, and below one that is not.
@WebServlet({"/forbidden/servlet/*", "/filtered/servlet/*", "/open/servlet/*", "/50%/servlet/*"})
public class Secret extends HttpServlet {
    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.getWriter().print("CONTENT " + request.getServletPath() + request.getPathInfo());
    }
}
