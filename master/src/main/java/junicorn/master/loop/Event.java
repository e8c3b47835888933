package junicorn.master.loop;

import java.time.Duration;
import java.util.Map;
import java.util.Set;
import junicorn.master.control.Question;
import junicorn.master.settings.Limits;
import junicorn.master.settings.MasterSettings;
import junicorn.master.table.PostMortem;
import junicorn.master.table.Pulse;
import junicorn.os.Exit;
import junicorn.os.Signal;
import junicorn.scoreboard.WorkerState;

/// What happened. Events of a worker carry its pid too: a slot may have a new worker by the time an
/// old one's event is read.
public sealed interface Event {
    /// About the master itself.
    sealed interface OfItself extends Event {}

    /// The master is up, its listeners are open.
    record Started() implements OfItself {}

    /// It could not send a signal to the worker in this slot, which is there.
    record SendFailed(int slot) implements OfItself {}

    /// It could do nothing for so long: it was frozen or stopped, and perhaps its workers with it.
    record HeldUp(Duration late) implements OfItself {}

    /// To the master. CHLD says nothing by itself: it only wakes.
    record SignalReceived(Signal signal) implements Event {}

    record WorkerStarted(int slot, long pid) implements Event {}

    record SpawnFailed(int slot, String reason) implements Event {}

    /// Its application has started and it serves.
    ///
    /// @param startMillis from the start of the process, by its own account
    record WorkerReady(int slot, long pid, long startMillis) implements Event {}

    /// It was the leader, begins to stop, and leads no more.
    record WorkerYielded(int slot, long pid) implements Event {}

    /// The worker says why, and exits next.
    record BootFailed(int slot, long pid, String reason, String stack) implements Event {}

    /// The worker says that it should be replaced; until then it serves as well as it can.
    record WorkerUnfit(int slot, long pid, String reason) implements Event {}

    /// The worker has reached a limit of its own and wants to be replaced in good time.
    record WorkerTired(int slot, long pid, String reason) implements Event {}

    /// What a worker is doing, by its own account: it was asked before it is killed.
    record WorkerExplained(int slot, long pid, String dump) implements Event {}

    /// Reaped: the pid may be a stranger's from now on.
    ///
    /// @param found what it left
    record WorkerExited(int slot, long pid, Exit exit, PostMortem found) implements Event {
        public WorkerExited(int slot, long pid, Exit exit, WorkerState last) {
            this(slot, pid, exit, PostMortem.of(last));
        }

        /// What it was doing, by the scoreboard.
        public WorkerState last() {
            return found.state();
        }
    }

    /// An operator asks by the control socket: answered at the `Desk`, which makes another event of
    /// it where something is to be decided.
    record Asked(Question question) implements Event {}

    /// About what the service is to be, not about one of its workers.
    sealed interface Plan extends Event {}

    /// A reload is asked for, other than by HUP.
    ///
    /// @param who asks, or why, for the log: `reloading changed=/srv/shop.war`
    record ReloadWanted(String who) implements Plan {}

    /// An operator asks for so many workers.
    record WorkersWanted(int workers) implements Plan {}

    /// The configuration was read again; nothing is changed yet.
    record ReloadRead(MasterSettings settings) implements Plan {}

    /// The configuration cannot be read, or what it asks for is not to be had; nothing is changed.
    ///
    /// @param reason in words for the operator
    record ReloadRefused(String reason) implements Plan {}

    /// All that workers of this generation need is there: they may be started.
    record GenerationPrepared(long generation, Limits limits, boolean leaves) implements Plan {
        public GenerationPrepared(long generation, Limits limits) {
            this(generation, limits, false);
        }
    }

    /// How much memory the workers take, and how much there is.
    ///
    /// @param pssBytes by pid: the proportional share of each worker that could be weighed
    record Weighed(Map<Long, Long> pssBytes, long availableBytes) implements Plan {
        public long largestBytes() {
            return pssBytes.values().stream().mapToLong(Long::longValue).max().orElse(0);
        }
    }

    /// Of two masters side by side, see `Upgrade`.
    sealed interface OfUpgrade extends Event {}

    record NewMasterStarted(long pid) implements OfUpgrade {}

    record NewMasterFailed(String reason) implements OfUpgrade {}

    /// The new master serves.
    ///
    /// @param sockets of ours that it serves too, by their keys
    record NewMasterReady(Set<String> sockets) implements OfUpgrade {
        public NewMasterReady {
            sockets = Set.copyOf(sockets);
        }
    }

    record NewMasterExited(long pid, Exit exit) implements OfUpgrade {}

    /// This is the new master; the old one lives.
    record OldMasterThere(long pid) implements OfUpgrade {}

    /// This one stands for the service from now on; the old one may still have workers.
    record OldMasterYielded() implements OfUpgrade {}

    record OldMasterGone() implements OfUpgrade {}

    /// Time passed.
    ///
    /// @param pulses by slot
    /// @param clientsWait a connection waits to be accepted that nobody else will accept
    /// @param waiting connections that wait to be accepted, as far as the kernel tells
    /// @param leftWait some of them at an address that is being left
    record TimerFired(
            Map<Integer, Pulse> pulses, boolean clientsWait, int waiting, boolean leftWait)
            implements Event {
        public TimerFired(Map<Integer, Pulse> pulses, boolean clientsWait, int waiting) {
            this(pulses, clientsWait, waiting, false);
        }

        public TimerFired(Map<Integer, Pulse> pulses, boolean clientsWait) {
            this(pulses, clientsWait, 0);
        }
    }
}
