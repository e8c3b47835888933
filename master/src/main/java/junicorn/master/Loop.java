package junicorn.master;

import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import junicorn.master.control.Question;
import junicorn.master.decide.Supervisor;
import junicorn.master.desk.Desk;
import junicorn.master.listen.Generations;
import junicorn.master.listen.Listeners;
import junicorn.master.loop.Event;
import junicorn.master.loop.Guard;
import junicorn.master.loop.Inbox;
import junicorn.master.process.Workers;
import junicorn.master.settings.Times;
import junicorn.master.table.Pulse;
import junicorn.master.table.Uptime;
import junicorn.master.upgrade.OtherMaster;
import junicorn.os.Orphans;
import junicorn.os.Signal;
import junicorn.os.Signals;
import junicorn.systemd.ServiceManager;

/// One thread, one inbox, one loop: what happens is given to the supervisor, and what that decides
/// is done. It holds no lock and serves no request.
final class Loop {
    private static final System.Logger LOG = System.getLogger(Loop.class.getName());

    /// A loop that fails this often without one good turn between is broken for good.
    private static final int FAILURES_MAX = 100;

    /// A turn takes at least this long if nothing happens, whatever the supervisor thinks.
    private static final Duration REST_MIN = Duration.ofMillis(1);

    private static final List<Signal> SIGNALS =
            List.of(
                    Signal.TERM,
                    Signal.INT,
                    Signal.TTIN,
                    Signal.TTOU,
                    Signal.CHLD,
                    Signal.HUP, // the JVM would end
                    Signal.USR1, // the kernel would end us
                    Signal.USR2,
                    Signal.WINCH);

    private final Uptime uptime = new Uptime(System::nanoTime);
    private final Guard guard = new Guard(System::nanoTime);
    private final Inbox inbox;
    private final Supervisor supervisor;
    private final Listeners listeners;
    private final Generations generations;
    private final Workers workers;
    private final OtherMaster other;
    private final ServiceManager manager;
    private final Moments moments;
    private final Desk desk;
    private final Performer performer;
    private Duration timerAt = Duration.ZERO;

    Loop(
            Inbox inbox,
            Supervisor supervisor,
            Listeners listeners,
            Generations generations,
            Workers workers,
            OtherMaster other,
            ServiceManager manager,
            Moments moments,
            Desk desk) {
        this.inbox = inbox;
        this.supervisor = supervisor;
        this.listeners = listeners;
        this.generations = generations;
        this.workers = workers;
        this.other = other;
        this.manager = manager;
        this.moments = moments;
        this.desk = desk;
        this.performer =
                new Performer(
                        guard,
                        List.of(moments::decided, desk::hear),
                        new Hands(inbox, listeners, generations, workers, other, this::generation),
                        inbox::first);
    }

    /// Until no worker is left.
    ///
    /// @return the exit code
    int serve() throws InterruptedException {
        SIGNALS.forEach(this::register);
        inbox.first(new Event.Started());
        var failures = 0;
        while (!supervisor.finished()) {
            try {
                turn();
                failures = 0;
            } catch (RuntimeException | Error failed) {
                failures++;
                LOG.log(Level.ERROR, "the master's loop failed, continuing", failed);
                if (failures == FAILURES_MAX) {
                    return 1;
                }
            }
        }
        return supervisor.exitCode();
    }

    private void register(Signal signal) {
        if (!Signals.handle(signal, () -> inbox.signal(signal))) {
            LOG.log(
                    Level.DEBUG,
                    "signal=%s is ignored, as set by nohup or the shell that started the server"
                            .formatted(signal));
        }
    }

    private void turn() throws InterruptedException {
        var left = timerAt.minus(uptime.now());
        var rest = Times.longer(left, REST_MIN);
        var event = inbox.next(this::reap, rest).orElseGet(this::look);
        var late = uptime.look(rest);
        if (!late.isZero()) {
            performer.perform(supervisor.decide(new Event.HeldUp(late), uptime.now()));
        }
        if (event instanceof Event.Asked(Question question)) {
            var wish = guard.get("a question", Optional.<Event>empty(), () -> taken(question));
            if (wish.isEmpty()) {
                return;
            }
            event = wish.get();
        }
        heed(event, uptime.now());
    }

    /// A question that cannot be answered is answered with that.
    private Optional<Event> taken(Question question) {
        try {
            return desk.take(question, supervisor, uptime.now());
        } catch (RuntimeException | Error failed) {
            question.reply().failed("the master failed at it: " + failed);
            throw failed;
        }
    }

    private void heed(Event event, Duration now) {
        if (event instanceof Event.OfUpgrade upgraded) {
            guard.run("the other master", () -> other.note(upgraded));
        }
        guard.run("hooks", () -> moments.happened(event));
        var decided = supervisor.decide(event, now);
        guard.run("hooks of scaling", () -> moments.wanted(supervisor.scaling().wanted()));
        var standing = supervisor.standing();
        // first: from a handover on, the new master speaks for itself
        guard.run("the service manager", () -> manager.tell(standing, now));
        performer.perform(decided);
        guard.run("the desk", () -> desk.heard(event, supervisor, now));
        guard.run(
                "sockets of workers",
                () -> listeners.keep(supervisor.slotsInUse(), supervisor.slotsWanted()));
        guard.run("generations", () -> generations.keep(supervisor.generationsInUse()));
        guard.run("the other master's line", () -> other.ready(standing));
        var next = now.plus(Times.shorter(supervisor.patience(now), manager.patience()));
        if (event instanceof Event.TimerFired || next.compareTo(timerAt) < 0) {
            timerAt = next;
        }
    }

    /// What cannot be seen does not keep us from seeing the rest.
    private Event look() {
        guard.run("reaping orphans", Orphans::lookAfter);
        return new Event.TimerFired(
                guard.get("the scoreboard", Map.<Integer, Pulse>of(), workers::pulses),
                guard.get("accept queues", false, listeners::areAwaited),
                guard.get("accept queues' length", 0, listeners::waiting),
                guard.get("left accept queues", false, listeners::areLeftAwaited));
    }

    private List<Event> reap() {
        var exits = new ArrayList<>(guard.get("reaping", List.<Event>of(), workers::reap));
        exits.addAll(guard.get("reaping a master", List.<Event>of(), other::reap));
        return exits;
    }

    /// That new workers are started with.
    private long generation() {
        return supervisor.census(uptime.now()).generation();
    }
}
