package junicorn.master.settings;

import java.util.List;
import junicorn.control.WorkerSettings;

/// What the workers that were started with one configuration have in common.
///
/// @param number from 1 on, one more with each reload
/// @param template slot, parked and listeners are filled in for each worker
public record Generation(
        long number, WorkerCommand command, WorkerSettings template, List<Bind> binds) {
    public Generation {
        binds = List.copyOf(binds);
    }

    public static Generation of(long number, MasterSettings settings) {
        return new Generation(number, settings.command(), settings.template(), settings.binds());
    }
}
