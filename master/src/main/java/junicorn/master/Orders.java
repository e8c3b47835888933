package junicorn.master;

import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import junicorn.os.Signal;

/// What one decision comes to, collected on the way.
final class Orders {
    private final List<Action> actions = new ArrayList<>();

    /// All since the last call.
    List<Action> take() {
        var taken = List.copyOf(actions);
        actions.clear();
        return taken;
    }

    void spawn(int slot, long generation, boolean parked) {
        actions.add(new Action.Spawn(slot, generation, parked));
    }

    void serve(int slot) {
        actions.add(new Action.Serve(slot));
    }

    void send(int slot, Signal signal) {
        actions.add(new Action.Send(slot, signal));
    }

    /// Asks a worker to stop; it has until `killAt`.
    void retire(int slot, Worker worker, Signal signal, Duration killAt) {
        worker.retire(killAt);
        send(slot, signal);
    }

    void lead(int slot) {
        actions.add(new Action.Lead(slot));
    }

    void reopenLogs() {
        actions.add(new Action.ReopenLogs());
    }

    void weigh() {
        actions.add(new Action.Weigh());
    }

    void readSettings() {
        actions.add(new Action.ReadSettings());
    }

    void prepare(long generation, MasterSettings settings) {
        actions.add(new Action.Prepare(generation, settings));
    }

    void reloadBegun() {
        actions.add(new Action.ReloadBegun());
    }

    /// @param begun whether its generation had been started
    void reloadEnded(boolean begun, boolean succeeded, String words) {
        actions.add(new Action.ReloadEnded(begun, succeeded, words));
    }

    void refuseNew() {
        actions.add(new Action.RefuseNew());
    }

    void refuseLeft() {
        actions.add(new Action.RefuseLeft());
    }

    void closeListeners() {
        actions.add(new Action.CloseListeners());
    }

    void startHeir() {
        actions.add(new Action.StartHeir());
    }

    void handOver() {
        actions.add(new Action.HandOver());
    }

    void explain(int slot) {
        actions.add(new Action.Explain(slot));
    }

    void keep(Evidence evidence) {
        actions.add(new Action.Keep(evidence));
    }

    void say(Level level, String text) {
        actions.add(new Action.Say(level, text));
    }
}
