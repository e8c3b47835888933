package junicorn.worker.http.message;

import org.eclipse.jetty.http.HttpURI;
import org.jspecify.annotations.Nullable;

/// The request targets that were asked for last, as URIs that passed all checks: most requests of a
/// worker are for few targets, and to take one apart costs as much as the rest of its header.
///
/// Any thread may use it. A race costs another parse, no more: an entry is whole whenever it is
/// seen, and whoever comes later wins.
public final class UriCache {
    private static final int ENTRIES = 512; // a power of two

    /// Longer targets are rarely asked for twice.
    private static final int TARGET_CHARS_MAX = 256;

    private record Entry(String target, String host, boolean secure, HttpURI uri) {}

    private final @Nullable Entry[] entries = new @Nullable Entry[ENTRIES];

    /// @param host the value of the Host field
    @Nullable HttpURI find(String target, String host, boolean secure) {
        var entry = entries[indexOf(target)];
        return entry != null
                        && entry.secure == secure
                        && entry.target.equals(target)
                        && entry.host.equals(host)
                ? entry.uri
                : null;
    }

    /// @param uri immutable, as it was found for them
    void keep(String target, String host, boolean secure, HttpURI uri) {
        if (target.length() <= TARGET_CHARS_MAX) {
            entries[indexOf(target)] = new Entry(target, host, secure, uri);
        }
    }

    private static int indexOf(String target) {
        int hash = target.hashCode();
        return (hash ^ (hash >>> 16)) & (ENTRIES - 1);
    }
}
