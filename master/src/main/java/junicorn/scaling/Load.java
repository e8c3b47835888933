package junicorn.scaling;

/// What there is to do, and who does it, since it was asked for last.
///
/// @param ready workers that serve
/// @param starting workers that will serve soon
/// @param busy of those that serve, on average, in workers: 2.5 of 4 are taken up by requests
/// @param waiting connections that nobody has accepted yet
public record Load(int ready, int starting, double busy, int waiting) {
    /// Free workers. One that starts counts as free: if those that start are not enough for what
    /// waits, more of them would only make all of them start later.
    double idle() {
        return ready + starting - busy;
    }

    /// From 0 to 1, of all workers.
    double busyness() {
        var workers = ready + starting;
        return workers == 0 ? 0 : Math.clamp(busy / workers, 0, 1);
    }
}
