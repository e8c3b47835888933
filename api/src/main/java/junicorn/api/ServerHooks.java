package junicorn.api;

import java.util.List;

/// Told in the master what happens to the service: to announce it, to count it, to say it to
/// somebody. `--hook-path` says where it is, and `META-INF/services/junicorn.api.ServerHooks` names
/// it. The same moments can be hooked by commands: `--hook`.
///
/// It is called on a thread of its own, one moment after the other, and no worker waits for it:
/// what it is told has happened, or begins just now. Whatever it throws is logged; a call that
/// takes longer than `--hook-timeout` is interrupted. Nothing that it does can end the service but
/// `System.exit`.
///
/// The master is small (`-Xmx64m`) and has no class of the application.
public interface ServerHooks {
    /// A worker process.
    ///
    /// @param index as [Instance#index]
    /// @param generation as [Instance#generation]
    /// @param pid 0 before it is spawned
    record Worker(int index, long generation, long pid) {}

    /// The master starts, and does not listen yet. Waited for: no worker starts before.
    default void onStarting() throws Exception {}

    /// The first worker is ready: clients are served from now on.
    ///
    /// @param addresses like `http://127.0.0.1:8000` and `unix:/run/shop.sock`
    default void whenReady(List<String> addresses) throws Exception {}

    /// A worker is about to start.
    default void preSpawn(Worker worker) throws Exception {}

    /// A worker's application has started.
    default void workerReady(Worker worker) throws Exception {}

    /// A worker has ended, whatever the reason.
    ///
    /// @param how like `code=0` and `signal=KILL`
    default void workerExit(Worker worker, String how) throws Exception {}

    /// A reload has begun.
    default void onReload() throws Exception {}

    /// Another number of workers is wanted.
    default void nworkersChanged(int workers, int before) throws Exception {}

    /// The last worker is gone. Waited for: the master ends after that.
    default void onExit() throws Exception {}
}
