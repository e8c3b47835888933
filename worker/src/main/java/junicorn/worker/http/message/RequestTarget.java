package junicorn.worker.http.message;

import java.util.function.Supplier;
import org.eclipse.jetty.http.HostPortHttpField;
import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.http.HttpScheme;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.http.HttpURI;
import org.eclipse.jetty.util.HostPort;
import org.eclipse.jetty.util.StringUtil;
import org.jspecify.annotations.Nullable;

/// The target of a request and its Host field, as one URI (RFC 9112, sections 3.2 and 3.3).
///
/// @param host the Host field, if there is one
/// @param ascii all of the target was ASCII on the wire
record RequestTarget(
        String method, String target, @Nullable HostPortHttpField host, boolean ascii) {
    /// Jetty's word for it.
    private static final String ABOVE_ROOT = "Bad URI";

    /// Its scheme is the connection's, whatever the target says.
    ///
    /// @param known where it is looked for first
    /// @param secure the connection is: what makes one so is for its end point to say
    /// @param serverAuthority whom a request without Host was sent to
    /// @throws org.eclipse.jetty.http.HttpException.RuntimeException for a target or host that no
    /// request may have
    HttpURI uri(
            UriCache known, UriRules rules, boolean secure, Supplier<HostPort> serverAuthority) {
        if (host == null || !ascii || !target.startsWith("/") || HttpMethod.CONNECT.is(method)) {
            return taken(rules, secure, serverAuthority);
        }
        var found = known.find(target, host.getValue(), secure);
        if (found == null) {
            found = taken(rules, secure, serverAuthority);
            known.keep(target, host.getValue(), secure, found);
        }
        return found;
    }

    /// Takes it apart.
    private HttpURI taken(UriRules rules, boolean secure, Supplier<HostPort> serverAuthority) {
        var uri = parsed();
        requireForm(uri, secure);
        rules.require(uri, ascii);
        if (uri.getAuthority() == null && !HttpMethod.CONNECT.is(method)) {
            var authority = host == null ? serverAuthority.get() : host.getHostPort();
            int port = authority.getPort() == defaultPort(secure) ? -1 : authority.getPort();
            uri.authority(authority.getHost(), port);
        }
        if (StringUtil.isEmpty(uri.getPath())) {
            uri.path("/");
        }
        uri.scheme(
                secure ? HttpScheme.HTTPS : HttpScheme.HTTP); // last: the port goes by the target's
        return CanonicalPath.of(uri.asImmutable());
    }

    private HttpURI.Mutable parsed() {
        try {
            return HttpURI.build(method, target);
        } catch (IllegalArgumentException e) {
            throw Refusal.bad(
                    ABOVE_ROOT.equals(e.getMessage())
                            ? "the path leads out of the root"
                            : "the target is malformed");
        }
    }

    private void requireForm(HttpURI.Mutable uri, boolean secure) {
        if (uri.isAbsolute()) {
            requireAbsolute(uri, secure);
        } else if (host != null && StringUtil.isBlank(host.getHostPort().getHost())) {
            throw Refusal.bad("the Host field is empty");
        } else if (target.charAt(0) != '/'
                && !HttpMethod.CONNECT.is(method)
                && !(target.equals("*") && HttpMethod.OPTIONS.is(method))) {
            throw Refusal.bad("the target does not begin with a slash");
        }
    }

    /// The target has the last word (RFC 9112, section 3.2.2), but a proxy may have believed the
    /// Host field. What the target says of its scheme does not make a connection secure: RFC 9110,
    /// section 7.4.
    private void requireAbsolute(HttpURI.Mutable uri, boolean secure) {
        boolean https = HttpScheme.HTTPS.is(uri.getScheme());
        if (!https && !HttpScheme.HTTP.is(uri.getScheme())) {
            throw Refusal.bad("the target's scheme is neither http nor https");
        }
        if (https && !secure) {
            throw new HttpException.RuntimeException(
                    HttpStatus.MISDIRECTED_REQUEST_421,
                    "the target's scheme is https, and the connection is not secure");
        }
        if (StringUtil.isBlank(uri.getHost())) {
            throw Refusal.bad("the target has no host");
        }
        if (host != null
                && !(uri.getHost().equalsIgnoreCase(host.getHost())
                        && portOf(uri.getPort(), https) == portOf(host.getPort(), https))) {
            throw Refusal.bad("the target and the Host field name two different hosts");
        }
    }

    private static int portOf(int port, boolean secure) {
        return port > 0 ? port : defaultPort(secure);
    }

    private static int defaultPort(boolean secure) {
        return secure ? 443 : 80;
    }
}
