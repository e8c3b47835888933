package junicorn.worker.app;

import org.eclipse.jetty.ee11.servlet.security.ConstraintSecurityHandler;
import org.eclipse.jetty.security.Constraint;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.URIUtil;
import org.jspecify.annotations.Nullable;

/// Finds security constraints by the decoded path, as servlets and filters are found. Jetty asks by
/// the encoded one, and so misses a constraint on a path with, say, a percent sign in it.
final class ConstraintMatching extends ConstraintSecurityHandler {
    @Override
    @SuppressWarnings("NullAway") // no constraint, no object: Jetty's contract
    protected @Nullable Constraint getConstraint(String pathInContext, Request request) {
        return super.getConstraint(URIUtil.decodePath(pathInContext), request);
    }
}
