package junicorn.worker.poll;

/// Whoever answers for a [PolledSocket]. Each method is called by the thread that has just
/// become the owner.
public interface SocketOwner {
    /// What was waited for is there: READ, WRITE or both.
    void ready(int interest);

    /// The deadline passed while the socket was armed; it is armed no more.
    void expired();

    /// What was armed aside is there, or is late. On a thread that must not be held up.
    default void aside(int interest, boolean late) {}

    /// The worker drains; the socket was armed and is no more.
    void draining();

    /// Something was thrown where this was asked to act, and nobody looks after the socket now.
    default void givenUp(PolledSocket socket, Throwable cause) {
        socket.close();
    }
}
