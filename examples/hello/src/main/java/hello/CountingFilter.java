package hello;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebFilter;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/// Counts what the pages show. Not in the way of `/hello`, which is for benchmarks.
@WebFilter(
        urlPatterns = {"", "/page.jsp", "/slow", "/async", "/upload"},
        asyncSupported = true)
public class CountingFilter extends HttpFilter {
    private static final long serialVersionUID = 1L;

    @Override
    protected void doFilter(
            HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        Worker.countRequest();
        chain.doFilter(request, response);
    }
}
