package junicorn.master.loop;

import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import junicorn.master.settings.MasterSettings;
import junicorn.master.table.Evidence;
import junicorn.master.table.Worker;
import junicorn.os.Signal;

/// What one decision comes to, collected on the way.
public final class Orders {
    private final List<Action> actions = new ArrayList<>();

    /// All since the last call.
    public List<Action> take() {
        var taken = List.copyOf(actions);
        actions.clear();
        return taken;
    }

    public void spawn(int slot, long generation, boolean parked) {
        actions.add(new Action.Spawn(slot, generation, parked));
    }

    public void serve(int slot) {
        actions.add(new Action.Serve(slot));
    }

    public void send(int slot, Signal signal) {
        actions.add(new Action.Send(slot, signal));
    }

    /// Asks a worker to stop; it has until `killAt`.
    public void retire(int slot, Worker worker, Signal signal, Duration killAt) {
        worker.retire(killAt);
        send(slot, signal);
    }

    public void lead(int slot) {
        actions.add(new Action.Lead(slot));
    }

    public void reopenLogs() {
        actions.add(new Action.ReopenLogs());
    }

    public void weigh() {
        actions.add(new Action.Weigh());
    }

    public void readSettings() {
        actions.add(new Action.ReadSettings());
    }

    public void prepare(long generation, MasterSettings settings) {
        actions.add(new Action.Prepare(generation, settings));
    }

    public void reloadBegun() {
        actions.add(new Action.ReloadBegun());
    }

    /// @param begun whether its generation had been started
    public void reloadEnded(boolean begun, boolean succeeded, String words) {
        actions.add(new Action.ReloadEnded(begun, succeeded, words));
    }

    public void refuseNew() {
        actions.add(new Action.RefuseNew());
    }

    public void refuseLeft() {
        actions.add(new Action.RefuseLeft());
    }

    public void closeListeners() {
        actions.add(new Action.CloseListeners());
    }

    public void startNewMaster() {
        actions.add(new Action.StartNewMaster());
    }

    public void handOver() {
        actions.add(new Action.HandOver());
    }

    public void explain(int slot) {
        actions.add(new Action.Explain(slot));
    }

    public void keep(Evidence evidence) {
        actions.add(new Action.Keep(evidence));
    }

    public void say(Level level, String text) {
        actions.add(new Action.Say(level, text));
    }
}
