package junicorn.master;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import junicorn.api.ServerHooks;
import junicorn.hooks.Hooks;
import junicorn.hooks.Moment;
import junicorn.master.loop.Action;
import junicorn.master.loop.Event;

/// Finds the moments that hooks are told in what happens and in what is decided. The supervisor
/// knows nothing of hooks.
final class Moments {
    private final Hooks hooks;
    private final List<String> addresses;
    private final Map<Integer, ServerHooks.Worker> workers = new HashMap<>();
    private boolean ready;
    private int wanted;

    /// @param addresses where clients are served
    /// @param wanted workers at the start
    Moments(Hooks hooks, List<String> addresses, int wanted) {
        this.hooks = hooks;
        this.addresses = List.copyOf(addresses);
        this.wanted = wanted;
    }

    void happened(Event event) {
        switch (event) {
            case Event.WorkerStarted(int slot, long pid) ->
                    workers.computeIfPresent(
                            slot,
                            (_, it) -> new ServerHooks.Worker(it.index(), it.generation(), pid));
            case Event.WorkerReady(int slot, long pid, _) -> ready(slot, pid);
            case Event.WorkerExited exit -> {
                var worker = workers.remove(exit.slot());
                if (worker != null) {
                    hooks.tell(new Moment.WorkerExit(worker, exit.exit().words()));
                }
            }
            default -> {}
        }
    }

    private void ready(int slot, long pid) {
        var worker = workers.get(slot);
        if (worker != null && worker.pid() == pid) {
            hooks.tell(new Moment.WorkerReady(worker));
            if (!ready) {
                ready = true;
                hooks.tell(new Moment.WhenReady(addresses));
            }
        }
    }

    /// Just before it is done.
    void decided(Action action) {
        switch (action) {
            case Action.Spawn(int slot, long generation, _) -> {
                var worker = new ServerHooks.Worker(slot, generation, 0);
                workers.put(slot, worker);
                hooks.tell(new Moment.PreSpawn(worker));
            }
            case Action.ReadSettings _ -> hooks.tell(new Moment.OnReload());
            default -> {}
        }
    }

    void wanted(int workers) {
        if (workers != wanted) {
            hooks.tell(new Moment.NworkersChanged(workers, wanted));
            wanted = workers;
        }
    }
}
