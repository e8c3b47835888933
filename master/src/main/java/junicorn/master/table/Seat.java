package junicorn.master.table;

import java.time.Duration;
import junicorn.master.settings.Times;

/// What is in a slot: a worker, or the wait for the next one.
public sealed interface Seat permits Worker, Seat.Resting {
    /// The early deaths in this slot, so far.
    CrashBackoff backoff();

    /// It is, or will be, a standby, and is not one of those that are wanted.
    boolean isParked();

    /// Nobody is there until then, for the last ones died early.
    ///
    /// @param wasReady whether the last one had become ready
    record Resting(CrashBackoff backoff, Duration until, boolean isParked, boolean wasReady)
            implements Seat {
        public Resting until(Duration end) {
            return new Resting(backoff, end, isParked, wasReady);
        }

        /// A standby has taken its place: the next standby starts here.
        ///
        /// @param earliest no sooner than that
        public Resting parked(Duration earliest) {
            var end = Times.longer(until, earliest);
            return new Resting(backoff, end, true, wasReady);
        }
    }
}
