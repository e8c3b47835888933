package junicorn.worker.path;

/// Decoded paths as Servlet 6.1, section 3.5.2, wants them: one spelling for each, so that what
/// guards a path and what looks it up cannot mean two.
public final class DecodedPath {
    private DecodedPath() {}

    /// Without empty segments, but the last: one slash for each run of them.
    public static String merged(String path) {
        int at = path.indexOf("//");
        if (at < 0) {
            return path;
        }
        var merged = new StringBuilder(path.length()).append(path, 0, at);
        for (; at < path.length(); at++) {
            char c = path.charAt(at);
            if (c != '/' || merged.isEmpty() || merged.charAt(merged.length() - 1) != '/') {
                merged.append(c);
            }
        }
        return merged.toString();
    }

    /// True if it is the only spelling of itself: no empty segment but the last, no dot segment, no
    /// backslash, which the compiler of pages takes for a slash, and nothing that its look-up of
    /// files would decode once more.
    public static boolean isCanonical(String path) {
        if (path.indexOf('\\') >= 0 || path.contains("//") || isEncoded(path)) {
            return false;
        }
        for (int at = path.indexOf("/."); at >= 0; at = path.indexOf("/.", at + 1)) {
            int end = path.startsWith("..", at + 1) ? at + 3 : at + 2;
            if (end == path.length() || path.charAt(end) == '/') {
                return false;
            }
        }
        return true;
    }

    /// True if there is a percent sign with two hexadecimal digits behind it: who decodes once more
    /// reads something else.
    public static boolean isEncoded(String path) {
        for (int at = path.indexOf('%'); at >= 0 && at + 2 < path.length(); ) {
            if (Character.digit(path.charAt(at + 1), 16) >= 0
                    && Character.digit(path.charAt(at + 2), 16) >= 0) {
                return true;
            }
            at = path.indexOf('%', at + 1);
        }
        return false;
    }
}
