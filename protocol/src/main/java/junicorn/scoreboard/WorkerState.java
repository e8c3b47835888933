package junicorn.scoreboard;

/// What a worker is doing, as a code in shared memory.
///
/// The codes are part of the scoreboard's format: they are never renumbered, only added to.
public enum WorkerState {
    /// Nobody is in the slot.
    FREE(0),
    /// The process is there; its application is still starting.
    STARTING(1),
    /// It serves.
    READY(2),
    /// It was asked to stop and finishes what it has.
    DRAINING(3),
    /// What a reader says of a code that it does not know; never written.
    UNKNOWN(-1);

    private final long code;

    WorkerState(long code) {
        this.code = code;
    }

    long code() {
        return code;
    }

    static WorkerState of(long code) {
        if (code == 0) {
            return FREE;
        }
        if (code == 1) {
            return STARTING;
        }
        if (code == 2) {
            return READY;
        }
        return code == 3 ? DRAINING : UNKNOWN;
    }
}
