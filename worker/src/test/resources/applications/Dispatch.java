package app;

import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/// Sends a request on, to wherever the client likes.
@WebServlet(value = "/dispatch/*", asyncSupported = true)
public class Dispatch extends HttpServlet {
    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response)
            throws IOException, ServletException {
        var to = request.getParameter("to");
        switch (request.getParameter("how")) {
            case "async" -> request.startAsync().dispatch(to);
            case "async-again" -> {
                if (request.getDispatcherType() == jakarta.servlet.DispatcherType.ASYNC) {
                    response.getWriter().print("again " + request.getPathInfo());
                } else {
                    request.startAsync().dispatch();
                }
            }
            case "redirect" -> response.sendRedirect(to);
            case "uri" -> response.getWriter().print(request.getRequestURI());
            case String how -> {
                var dispatcher = request.getRequestDispatcher(to);
                if (dispatcher == null) {
                    response.sendError(404);
                } else if (how.equals("forward")) {
                    dispatcher.forward(request, response);
                } else {
                    dispatcher.include(request, response);
                }
            }
        }
    }
}
