package junicorn.master;

/// What new workers are started by: the current generation, and the limits that are in force with
/// it. A reload changes both.
final class Current {
    private long generation = 1;
    private Limits limits;

    Current(Limits limits) {
        this.limits = limits;
    }

    void become(long newGeneration, Limits newLimits) {
        generation = newGeneration;
        limits = newLimits;
    }

    long generation() {
        return generation;
    }

    Limits limits() {
        return limits;
    }
}
