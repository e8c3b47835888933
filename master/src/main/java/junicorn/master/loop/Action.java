package junicorn.master.loop;

import java.lang.System.Logger.Level;
import junicorn.master.settings.MasterSettings;
import junicorn.master.table.Evidence;
import junicorn.os.Signal;

/// What the master is to do.
public sealed interface Action {
    /// @param parked the worker is a standby: ready, but it serves only when told to
    record Spawn(int slot, long generation, boolean parked) implements Action {
        public Spawn(int slot, long generation) {
            this(slot, generation, false);
        }
    }

    record Send(int slot, Signal signal) implements Action {}

    /// Tell the worker that it is the leader.
    record Lead(int slot) implements Action {}

    /// Ask a worker that will be killed what it is doing.
    record Explain(int slot) implements Action {}

    /// Tell a parked worker to accept clients.
    record Serve(int slot) implements Action {}

    /// Read the configuration again, beside the loop: [Event.ReloadRead] or [Event.ReloadRefused].
    record ReadSettings() implements Action {}

    /// Open what a new generation needs: [Event.GenerationPrepared] or [Event.ReloadRefused].
    record Prepare(long generation, MasterSettings settings) implements Action {}

    /// The reload that was asked for last starts its generation: [ReloadEnded] of it is `begun`.
    record ReloadBegun() implements Action {}

    /// A reload has come to its end; the same words are in the log.
    ///
    /// @param begun false if it is one that has not got as far as [ReloadBegun]: another may be
    /// under
    ///     way
    record ReloadEnded(boolean begun, boolean succeeded, String words) implements Action {}

    /// Weigh the workers and the memory there is, beside the loop: [Event.Weighed].
    record Weigh() implements Action {}

    /// Open the log files anew, here and in all workers.
    record ReopenLogs() implements Action {}

    /// Turn new clients away, keep those who are connected.
    record RefuseNew() implements Action {}

    /// The same where only workers of older generations listen.
    record RefuseLeft() implements Action {}

    record CloseListeners() implements Action {}

    /// About the new master that is to take the place of this one, see `Upgrade`.
    sealed interface OfUpgrade extends Action {}

    /// Start a new master that takes the place of this one.
    record StartNewMaster() implements OfUpgrade {}

    /// The new master stands for the service from now on.
    record HandOver() implements OfUpgrade {}

    /// Remember how a worker ended, for operators who ask.
    record Keep(Evidence evidence) implements Action {}

    /// A line for the operator.
    record Say(Level level, String text) implements Action {}
}
