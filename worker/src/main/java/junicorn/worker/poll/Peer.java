package junicorn.worker.poll;

/// What is known of the other end of a connection without reading from it, see EPOLLRDHUP and
/// EPOLLHUP in epoll_ctl(2).
public enum Peer {
    /// It has not said that it ends.
    THERE,
    /// It will send no more (FIN). Whether it still reads cannot be known: to half-close is its
    /// right (RFC 9112, section 9.6), and a process that has gone looks the same.
    SENDS_NO_MORE,
    /// The connection is no more: reset, or ended by both sides, or closed here.
    GONE
}
