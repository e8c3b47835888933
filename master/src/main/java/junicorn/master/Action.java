package junicorn.master;

import java.lang.System.Logger.Level;
import junicorn.os.Signal;

/// What the master is to do.
sealed interface Action {
    record Spawn(int slot, long generation) implements Action {}

    record Send(int slot, Signal signal) implements Action {}

    /// Tell the worker that it is the leader.
    record Lead(int slot) implements Action {}

    /// Turn new clients away, keep those who are connected.
    record RefuseNew() implements Action {}

    record CloseListeners() implements Action {}

    /// A line for the operator.
    record Say(Level level, String text) implements Action {}
}
