package junicorn.master;

import java.util.List;
import junicorn.control.WorkerSettings;

/// What the workers that were started with one configuration have in common.
///
/// @param number from 1 on, one more with each reload
/// @param template slot, parked and listeners are filled in for each worker
record Generation(long number, WorkerCommand command, WorkerSettings template, List<Bind> binds) {
    Generation {
        binds = List.copyOf(binds);
    }

    static Generation of(long number, MasterSettings settings) {
        return new Generation(number, settings.command(), settings.template(), settings.binds());
    }
}
