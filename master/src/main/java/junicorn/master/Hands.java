package junicorn.master;

import java.lang.System.Logger.Level;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import junicorn.control.Message;
import junicorn.master.listen.Generations;
import junicorn.master.listen.Listeners;
import junicorn.master.loop.Action;
import junicorn.master.loop.Background;
import junicorn.master.loop.Inbox;
import junicorn.master.process.LogFiles;
import junicorn.master.process.MemoryMeter;
import junicorn.master.process.Workers;
import junicorn.master.settings.MasterSettings;
import junicorn.master.upgrade.OtherMaster;
import junicorn.os.Signal;

/// Does one action. What it leads to at once is put before all that waits in the inbox.
final class Hands implements Consumer<Action> {
    private static final System.Logger LOG = System.getLogger(Master.class.getName());

    private final Inbox inbox;
    private final Listeners listeners;
    private final Generations generations;
    private final Workers workers;
    private final OtherMaster other;
    private final MemoryMeter scales;
    private final LongSupplier current;

    /// @param current the generation that new workers are started with
    Hands(
            Inbox inbox,
            Listeners listeners,
            Generations generations,
            Workers workers,
            OtherMaster other,
            LongSupplier current) {
        this.inbox = inbox;
        this.listeners = listeners;
        this.generations = generations;
        this.workers = workers;
        this.other = other;
        this.scales = new MemoryMeter(inbox);
        this.current = current;
    }

    @Override
    public void accept(Action action) {
        switch (action) {
            case Action.Spawn(int slot, long generation, boolean parked) ->
                    inbox.first(workers.spawn(slot, generation, parked));
            case Action.Send(int slot, Signal signal) -> workers.send(slot, signal);
            case Action.Lead(int slot) -> workers.tell(slot, new Message.Lead());
            case Action.Explain(int slot) -> workers.tell(slot, new Message.Explain(true));
            case Action.Serve(int slot) -> workers.tell(slot, new Message.Serve());
            case Action.ReadSettings() -> {
                var settings = generations.settings(current.getAsLong());
                Background.run("reload", inbox, () -> generations.read(settings));
            }
            case Action.Prepare(long generation, MasterSettings settings) ->
                    inbox.first(generations.prepare(generation, settings));
            case Action.ReloadBegun _, Action.ReloadEnded _ -> {} // at the desk
            case Action.Weigh() -> scales.weigh(workers.pids());
            case Action.ReopenLogs() -> LogFiles.reopen(workers);
            case Action.RefuseNew() -> told(listeners.refuseNew());
            case Action.RefuseLeft() -> told(generations.refuseLeft(current.getAsLong()));
            case Action.CloseListeners() -> listeners.close();
            case Action.OfUpgrade step -> other.perform(step);
            case Action.Keep _ -> {} // at the desk
            case Action.Say(Level level, String text) -> LOG.log(level, text);
        }
    }

    /// @param loosen whether new clients are turned away in the way that workers have to know of
    private void told(boolean loosen) {
        if (loosen) {
            workers.tellAll(new Message.Loosen());
        }
    }
}
