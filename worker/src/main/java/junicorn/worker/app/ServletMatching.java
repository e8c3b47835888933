package junicorn.worker.app;

import jakarta.servlet.FilterChain;
import jakarta.servlet.http.HttpServletRequest;
import junicorn.worker.path.DecodedPath;
import org.eclipse.jetty.ee11.servlet.ServletHandler;
import org.eclipse.jetty.ee11.servlet.ServletHolder;
import org.eclipse.jetty.http.pathmap.MatchedResource;
import org.jspecify.annotations.Nullable;

/// Finds servlets and filters by one spelling of a path, for what the application dispatches, too:
/// a forward to `/a//b.jsp` shows `/a/b.jsp`, so it passes the filters of that. What a client asks
/// for comes here in one spelling, or not at all.
final class ServletMatching extends ServletHandler {
    /// Null, which means no dispatcher and 404, for a path that only the look-up of files would
    /// make sense of.
    @Override
    @SuppressWarnings("NullAway") // Jetty's contract
    public MatchedResource<MappedServlet> getMatchedServlet(String path) {
        var merged = DecodedPath.merged(path);
        return DecodedPath.isCanonical(merged) ? super.getMatchedServlet(merged) : null;
    }

    @Override
    @SuppressWarnings("NullAway") // it is null for a named dispatcher
    protected FilterChain getFilterChain(
            HttpServletRequest request, @Nullable String path, ServletHolder servlet) {
        return super.getFilterChain(
                request, path == null ? null : DecodedPath.merged(path), servlet);
    }
}
