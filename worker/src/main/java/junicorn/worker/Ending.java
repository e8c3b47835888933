package junicorn.worker;

/// How a worker that serves comes to its end, if not by the master's word.
interface Ending {
    /// Something in it cannot be mended: the master is to replace it.
    void unfit(String reason);

    /// It has reached a limit: the master is to replace it. The first reason counts.
    void recycle(String reason);

    /// It has served the one request that it was for: nobody is to be served after this.
    void recycleAtOnce(String reason);

    /// It is about to end this very process.
    void dying(String reason);
}
