package app;

import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Collections;
import java.util.ServiceLoader;

/// Looks around with the application's class loader.
@WebServlet("/probe")
public class Probe extends HttpServlet {
    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        var out = response.getWriter();
        var loader = Thread.currentThread().getContextClassLoader();
        if (request.getParameter("class") != null) {
            try {
                out.print(Class.forName(request.getParameter("class"), false, loader).getName());
            } catch (ClassNotFoundException e) {
                out.print("hidden");
            }
        } else if (request.getParameter("resource") != null) {
            var name = request.getParameter("resource");
            out.print(loader.getResource(name) + " " + Collections.list(loader.getResources(name)));
        } else {
            try {
                var service = Class.forName(request.getParameter("service"), true, loader);
                out.print(ServiceLoader.load(service, loader).stream().count());
            } catch (ClassNotFoundException e) {
                out.print("hidden");
            }
        }
    }
}
