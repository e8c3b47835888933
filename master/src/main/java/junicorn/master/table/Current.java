package junicorn.master.table;

import junicorn.master.settings.Limits;

/// What new workers are started by: the current generation, and the limits that are in force with
/// it. A reload changes both.
public final class Current {
    private long generation = 1;
    private Limits limits;

    public Current(Limits limits) {
        this.limits = limits;
    }

    public void become(long newGeneration, Limits newLimits) {
        generation = newGeneration;
        limits = newLimits;
    }

    public long generation() {
        return generation;
    }

    public Limits limits() {
        return limits;
    }
}
