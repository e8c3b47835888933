package junicorn.worker.http;

import jakarta.servlet.Servlet;
import jakarta.servlet.ServletConfig;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Objects;
import org.eclipse.jetty.ee11.servlet.ServletContextHandler;
import org.eclipse.jetty.ee11.servlet.ServletHolder;
import org.eclipse.jetty.server.Handler;
import org.jspecify.annotations.Nullable;

/// An application of one servlet that serves every path, async if it likes.
public final class Servlets {
    @FunctionalInterface
    public interface Service {
        void serve(HttpServletRequest request, HttpServletResponse response)
                throws IOException, ServletException;
    }

    private Servlets() {}

    public static Handler application(Service service) {
        var context = new ServletContextHandler();
        var holder = new ServletHolder(new Adapter(service));
        holder.setAsyncSupported(true);
        context.addServlet(holder, "/*");
        return context;
    }

    private static final class Adapter implements Servlet {
        private final Service service;
        private @Nullable ServletConfig config;

        Adapter(Service service) {
            this.service = service;
        }

        @Override
        public void init(ServletConfig newConfig) {
            config = newConfig;
        }

        @Override
        public ServletConfig getServletConfig() {
            return Objects.requireNonNull(config);
        }

        @Override
        public void service(ServletRequest request, ServletResponse response)
                throws IOException, ServletException {
            service.serve((HttpServletRequest) request, (HttpServletResponse) response);
        }

        @Override
        public String getServletInfo() {
            return "";
        }

        @Override
        public void destroy() {}
    }
}
