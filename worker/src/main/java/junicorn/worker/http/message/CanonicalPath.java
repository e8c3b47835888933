package junicorn.worker.http.message;

import junicorn.worker.path.DecodedPath;
import org.eclipse.jetty.http.HttpURI;
import org.eclipse.jetty.util.URIUtil;
import org.jspecify.annotations.Nullable;

/// The one path of a request: constraints, filters, servlets and files are looked up by it, and so
/// nothing that guards one spelling of a path can be missed by another (Servlet 6.1, section
/// 3.5.2). Jetty's own leaves empty segments in, which its look-up of files then takes out.
final class CanonicalPath {
    private static final String ENCODED_SLASH = "%2F";

    private CanonicalPath() {}

    /// The same URI, but its canonical path has no empty segment but the last. The path as it was
    /// sent stays, except that it begins with one slash: a redirect that is made of it must not
    /// name another host.
    ///
    /// @param uri passed the rules
    /// @throws org.eclipse.jetty.http.HttpException.RuntimeException if two readers could take the
    /// path for two different ones
    static HttpURI of(HttpURI.Immutable uri) {
        var path = uri.getPath();
        if (path == null || !path.startsWith("/")) {
            return uri; // the asterisk form, the authority form
        }
        boolean empty = hasEmptySegment(path);
        boolean encoded = path.indexOf('%') >= 0;
        if (!empty && !encoded && path.indexOf('\\') < 0) {
            return uri;
        }
        var canonical = empty ? withoutEmptySegments(path) : uri.getCanonicalPath();
        if (encoded) {
            canonical =
                    canonical.replace(ENCODED_SLASH, "/"); // nothing else knows a path with both
        }
        requireCanonical(URIUtil.decodePath(canonical));
        return empty || !canonical.equals(uri.getCanonicalPath())
                ? new Respelled(uri, oneSlashFirst(path), canonical).asImmutable()
                : uri;
    }

    /// @throws org.eclipse.jetty.http.HttpException.RuntimeException for an empty segment that
    /// carries a parameter
    private static boolean hasEmptySegment(String path) {
        int parameter = path.indexOf("/;");
        if (parameter >= 0 && parameter < path.lastIndexOf('/')) {
            throw Refusal.bad("the path has an empty segment with a parameter");
        }
        return path.contains("//");
    }

    /// Empty segments go before dot segments are resolved, as the Servlet specification says; RFC
    /// 3986, section 5.2.4, resolves with them in place. Where that is not the same, who is in
    /// front may have seen another path.
    private static String withoutEmptySegments(String path) {
        var canonical = canonical(DecodedPath.merged(path));
        var other = canonical(path);
        if (canonical == null || other == null || !canonical.equals(DecodedPath.merged(other))) {
            throw Refusal.bad("the path has a dot segment behind an empty segment");
        }
        return canonical;
    }

    /// Null if it leads out of the root. The rules have decided about what is no UTF-8.
    private static @Nullable String canonical(String path) {
        return URIUtil.canonicalPath(path, () -> (RuntimeException) null);
    }

    private static String oneSlashFirst(String path) {
        int first = 0;
        while (path.startsWith("//", first)) {
            first++;
        }
        return path.substring(first);
    }

    /// What decoding brought to light: for a page compiler a backslash is a slash, too.
    private static void requireCanonical(@Nullable String decoded) {
        if (decoded != null && DecodedPath.isEncoded(decoded)) {
            throw Refusal.bad("the path is percent-encoded twice");
        }
        if (decoded == null || !DecodedPath.isCanonical(decoded)) {
            throw Refusal.bad(
                    "the path has a backslash, or separators or dot segments that are encoded");
        }
    }
}
