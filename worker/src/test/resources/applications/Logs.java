package app;

import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// An application with its own SLF4J and Logback.
@WebServlet("/logs")
public class Logs extends HttpServlet {
    private static final Logger LOG = LoggerFactory.getLogger(Logs.class);

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        LOG.info("logged");
        var own = LOG.getClass().getClassLoader() == Logs.class.getClassLoader();
        response.getWriter().print(LOG.getClass().getName() + " " + own);
    }
}
