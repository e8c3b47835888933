package junicorn.master;

/// How to listen, whatever the address.
///
/// @param backlog connections that may wait to be accepted
/// @param deferAccept let the kernel keep connections that are silent yet
/// @param reusePort a TCP socket for each worker instead of one for all, see [Lanes]
public record ListenSettings(int backlog, boolean deferAccept, boolean reusePort) {
    public ListenSettings {
        if (backlog < 1) {
            throw new IllegalArgumentException("backlog must be at least 1, was " + backlog);
        }
    }
}
