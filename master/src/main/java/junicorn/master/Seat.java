package junicorn.master;

import java.time.Duration;

/// What is in a slot: a worker, or the wait for the next one.
sealed interface Seat permits Worker, Seat.Resting {
    /// The early deaths in this slot, so far.
    Streak streak();

    /// It is, or will be, a standby, and is not one of those that are wanted.
    boolean isParked();

    /// Nobody is there until then, for the last ones died early.
    record Resting(Streak streak, Duration until, boolean isParked) implements Seat {}
}
