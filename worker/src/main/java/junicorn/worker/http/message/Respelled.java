package junicorn.worker.http.message;

import java.util.Collection;
import java.util.Set;
import org.eclipse.jetty.http.HttpURI;
import org.eclipse.jetty.http.UriCompliance.Violation;
import org.eclipse.jetty.util.URIUtil;

/// A URI with another path and another canonical path, only to be copied: Jetty's builder takes
/// both from a URI, and has no setter for the second.
///
/// @param path as the client sent it
/// @param canonical what it stands for
record Respelled(HttpURI uri, String path, String canonical) implements HttpURI {
    @Override
    public Immutable asImmutable() {
        return HttpURI.build(this).asImmutable();
    }

    @Override
    public String asString() {
        return asImmutable().asString();
    }

    @Override
    public String getAuthority() {
        return uri.getAuthority();
    }

    @Override
    public String getDecodedPath() {
        return URIUtil.decodePath(canonical);
    }

    @Override
    public String getCanonicalPath() {
        return canonical;
    }

    @Override
    public String getFragment() {
        return uri.getFragment();
    }

    @Override
    public String getHost() {
        return uri.getHost();
    }

    @Override
    public String getParam() {
        return uri.getParam();
    }

    @Override
    public String getPath() {
        return path;
    }

    @Override
    public String getPathQuery() {
        return getQuery() == null ? path : path + "?" + getQuery();
    }

    @Override
    public int getPort() {
        return uri.getPort();
    }

    @Override
    public String getQuery() {
        return uri.getQuery();
    }

    @Override
    public String getScheme() {
        return uri.getScheme();
    }

    @Override
    public String getUser() {
        return uri.getUser();
    }

    @Override
    public boolean hasAuthority() {
        return uri.hasAuthority();
    }

    @Override
    public boolean isAbsolute() {
        return uri.isAbsolute();
    }

    @Override
    public boolean isAmbiguous() {
        return uri.isAmbiguous();
    }

    @Override
    public boolean hasViolations() {
        return uri.hasViolations();
    }

    @Override
    public boolean hasViolation(Violation violation) {
        return uri.hasViolation(violation);
    }

    @Override
    public Collection<Violation> getViolations() {
        return Set.copyOf(uri.getViolations());
    }

    @Override
    public String toString() {
        return asString();
    }
}
