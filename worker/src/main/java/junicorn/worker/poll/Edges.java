package junicorn.worker.poll;

import junicorn.os.Epoll;

/// What the kernel has told of one socket by its edges (EPOLLET, see epoll(7)), and what of it is
/// waited for. Under the monitor of its socket.
final class Edges {
    private int armed; // interest in what has not come
    private int came; // what the kernel has told of, and nobody has found to be over
    private boolean ended; // no more edges will tell of what is left to read
    private boolean gone;

    /// Something is waited for. True if it has come already.
    boolean arm(int interest) {
        armed |= interest;
        return (armed & came) != 0;
    }

    boolean isArmed() {
        return armed != 0;
    }

    boolean isArmed(int interest) {
        return (armed & interest) != 0;
    }

    /// Nothing is waited for any more. True if something was.
    boolean disarm() {
        boolean was = armed != 0;
        armed = 0;
        return was;
    }

    /// What an event brings that was waited for, and is no longer.
    int take(int events) {
        if ((events & (Epoll.HUP | Epoll.ERR)) != 0) {
            ended = true;
            gone = true;
            came = PolledSocket.READ | PolledSocket.WRITE;
        } else if (events != 0) {
            ended |= (events & Epoll.RDHUP) != 0;
            came |= (events & (Epoll.IN | Epoll.RDHUP)) != 0 ? PolledSocket.READ : 0;
            came |= (events & Epoll.OUT) != 0 ? PolledSocket.WRITE : 0;
        }
        int ready = armed & came;
        armed &= ~ready;
        return ready;
    }

    /// Somebody reads, and will read to the end of what is there, or say so.
    void reads() {
        if (!ended) {
            came &= ~PolledSocket.READ;
        }
    }

    /// There may be more to read than was asked for.
    void leavesSome() {
        came |= PolledSocket.READ;
    }

    /// Somebody writes until there is no room.
    void writes() {
        came &= ~PolledSocket.WRITE;
    }

    Peer peer() {
        if (gone) {
            return Peer.GONE;
        }
        return ended ? Peer.SENDS_NO_MORE : Peer.THERE;
    }
}
