package junicorn.hooks;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import junicorn.api.ServerHooks;

/// Something that a hook can be told. Its name and its facts are what commands see.
public sealed interface Moment {
    /// All there are, by the names that settings use: Gunicorn's where it has them.
    List<String> NAMES =
            List.of(
                    "on_starting",
                    "when_ready",
                    "pre_spawn",
                    "worker_ready",
                    "worker_exit",
                    "on_reload",
                    "nworkers_changed",
                    "on_exit");

    record OnStarting() implements Moment {}

    record WhenReady(List<String> addresses) implements Moment {}

    record PreSpawn(ServerHooks.Worker worker) implements Moment {}

    record WorkerReady(ServerHooks.Worker worker) implements Moment {}

    /// @param how it ended
    record WorkerExit(ServerHooks.Worker worker, String how) implements Moment {}

    record OnReload() implements Moment {}

    record NworkersChanged(int workers, int before) implements Moment {}

    record OnExit() implements Moment {}

    default String name() {
        return switch (this) {
            case OnStarting _ -> "on_starting";
            case WhenReady _ -> "when_ready";
            case PreSpawn _ -> "pre_spawn";
            case WorkerReady _ -> "worker_ready";
            case WorkerExit _ -> "worker_exit";
            case OnReload _ -> "on_reload";
            case NworkersChanged _ -> "nworkers_changed";
            case OnExit _ -> "on_exit";
        };
    }

    /// What a command finds in its environment.
    default Map<String, String> facts() {
        var facts = new TreeMap<String, String>();
        facts.put("JUNICORN_HOOK", name());
        facts.put("JUNICORN_MASTER_PID", Long.toString(ProcessHandle.current().pid()));
        switch (this) {
            case WhenReady(List<String> addresses) ->
                    facts.put("JUNICORN_ADDRESSES", String.join(" ", addresses));
            case PreSpawn(ServerHooks.Worker worker) -> put(facts, worker);
            case WorkerReady(ServerHooks.Worker worker) -> put(facts, worker);
            case WorkerExit(ServerHooks.Worker worker, String how) -> {
                put(facts, worker);
                facts.put("JUNICORN_EXIT", how);
            }
            case NworkersChanged(int workers, int before) -> {
                facts.put("JUNICORN_WORKERS", Integer.toString(workers));
                facts.put("JUNICORN_WORKERS_BEFORE", Integer.toString(before));
            }
            case OnStarting _, OnReload _, OnExit _ -> {}
        }
        return facts;
    }

    private static void put(Map<String, String> facts, ServerHooks.Worker worker) {
        facts.put("JUNICORN_WORKER", Integer.toString(worker.index()));
        facts.put("JUNICORN_GENERATION", Long.toString(worker.generation()));
        if (worker.pid() != 0) {
            facts.put("JUNICORN_WORKER_PID", Long.toString(worker.pid()));
        }
    }

    /// The same, for Java.
    default void tell(ServerHooks hooks) throws Exception {
        switch (this) {
            case OnStarting _ -> hooks.onStarting();
            case WhenReady(List<String> addresses) -> hooks.whenReady(addresses);
            case PreSpawn(ServerHooks.Worker worker) -> hooks.preSpawn(worker);
            case WorkerReady(ServerHooks.Worker worker) -> hooks.workerReady(worker);
            case WorkerExit(ServerHooks.Worker worker, String how) -> hooks.workerExit(worker, how);
            case OnReload _ -> hooks.onReload();
            case NworkersChanged(int workers, int before) -> hooks.nworkersChanged(workers, before);
            case OnExit _ -> hooks.onExit();
        }
    }
}
