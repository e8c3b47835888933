package app;

import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;

@WebServlet(urlPatterns = "/failing", loadOnStartup = 1)
public class FailingServlet extends HttpServlet {
    @Override
    public void init() throws ServletException {
        throw new ServletException("no licence");
    }
}
