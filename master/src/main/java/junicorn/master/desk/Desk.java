package junicorn.master.desk;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import junicorn.master.control.Door;
import junicorn.master.control.Json;
import junicorn.master.control.Question;
import junicorn.master.control.Reply;
import junicorn.master.decide.Census;
import junicorn.master.decide.ScaleView;
import junicorn.master.decide.Supervisor;
import junicorn.master.listen.Generations;
import junicorn.master.loop.Action;
import junicorn.master.loop.Event;
import junicorn.master.loop.Inbox;
import junicorn.master.settings.Identity;
import junicorn.master.settings.MasterSettings;
import junicorn.master.table.Evidence;
import junicorn.os.Signal;
import junicorn.scoreboard.Scoreboard;
import junicorn.systemd.Standing;

/// Where operators are answered, on the loop's thread: what asks for something becomes an event for
/// the [Supervisor], and who waits for the end of it is told meanwhile what the log is told.
public final class Desk implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(Desk.class.getName());

    private static final String GONE = "the server has stopped";

    private final Identity identity;
    private final Generations generations;
    private final Scoreboard board;
    private final Door door;
    private final RecentFailures ends = new RecentFailures();
    private final Rates rates = new Rates();
    private final List<Reply> asked = new ArrayList<>();
    private final List<Reply> reloads = new ArrayList<>();
    private final List<Reply> stops = new ArrayList<>();
    private long servedByTheGone;
    private boolean everReady;
    private Optional<AutoScale> scale = Optional.empty();
    private Optional<Json> reload = Optional.empty();
    private Optional<Long> oldMaster = Optional.empty();

    private record AutoScale(Reply reply, int wished, int before) {}

    private Desk(Identity identity, Generations generations, Scoreboard board, Door door) {
        this.identity = identity;
        this.generations = generations;
        this.board = board;
        this.door = door;
    }

    /// @throws IOException in words, if there must be a control socket and cannot
    public static Desk open(
            Identity identity, Generations generations, Scoreboard board, Inbox inbox)
            throws IOException {
        var listeners = generations.served(Generations.FIRST).listeners();
        var listener = listeners.stream().findFirst().orElse("junicorn");
        var door =
                Door.open(
                        identity.control(),
                        listener,
                        identity.newMaster(),
                        question -> inbox.add(new Event.Asked(question)));
        door.path().ifPresent(path -> LOG.log(Level.INFO, "control socket at " + path));
        return new Desk(identity, generations, board, door);
    }

    /// What the supervisor is to hear of it.
    public Optional<Event> take(Question question, Supervisor supervisor, Duration now) {
        var reply = question.reply();
        return switch (question.verb()) {
            case "status" -> {
                var report = report(supervisor, now);
                reply.done(report::weighed);
                yield Optional.empty();
            }
            case "why" -> {
                reply.done(Json.object().put("count", ends.count()).put("ends", ends.last()));
                yield Optional.empty();
            }
            case "reload" -> {
                asked.add(reply);
                yield Optional.of(new Event.ReloadWanted("requested by an operator"));
            }
            case "stop" -> {
                stops.add(reply);
                oldMaster = supervisor.oldMaster();
                var quick = question.arguments().flag("quick");
                yield Optional.of(new Event.SignalReceived(quick ? Signal.INT : Signal.TERM));
            }
            case "scale" -> scale(question, supervisor.census(now).wanted());
            default -> {
                reply.failed(
                        "unknown command '%s': this server knows status, why, reload, stop and scale"
                                .formatted(question.verb()));
                yield Optional.empty();
            }
        };
    }

    private Optional<Event> scale(Question question, int before) {
        var wished = question.arguments().number("workers");
        if (wished < 1 || wished > MasterSettings.WORKERS_MAX) {
            question.reply()
                    .failed(
                            "workers must be a number from 1 to %d, was %d"
                                    .formatted(MasterSettings.WORKERS_MAX, wished));
            return Optional.empty();
        }
        scale = Optional.of(new AutoScale(question.reply(), Math.toIntExact(wished), before));
        return Optional.of(new Event.WorkersWanted(Math.toIntExact(wished)));
    }

    /// The supervisor has decided about it, and all that it orders is done.
    public void heard(Event event, Supervisor supervisor, Duration now) {
        everReady |= event instanceof Event.WorkerReady;
        if (event instanceof Event.WorkerExited exit) {
            servedByTheGone += exit.found().requests();
        }
        if (event instanceof Event.TimerFired) {
            look(supervisor.census(now), now);
        }
        scale.ifPresent(asked -> answer(asked, supervisor.scaling()));
        scale = Optional.empty();
    }

    private static void answer(AutoScale asked, ScaleView now) {
        if (now.least() == asked.wished()) {
            asked.reply()
                    .done(
                            Json.object()
                                    .put("workers", now.wanted())
                                    .put("before", asked.before())
                                    .put("words", words(asked, now)));
        } else if (asked.wished() > now.most()) {
            asked.reply()
                    .failed(
                            "%d workers are too many, this server may have %d; %d wanted"
                                    .formatted(asked.wished(), now.most(), now.wanted()));
        } else {
            asked.reply().failed("the server stops");
        }
    }

    /// Load may want more than the operator.
    private static String words(AutoScale asked, ScaleView now) {
        return now.wanted() == asked.wished()
                ? "%d workers wanted, before %d".formatted(now.wanted(), asked.before())
                : "%d workers at least, and %d wanted for the load, before %d"
                        .formatted(asked.wished(), now.wanted(), asked.before());
    }

    private String state(Standing standing, Census census) {
        return switch (standing.doing()) {
            case SERVING ->
                    census.serves()
                            ? "serving"
                            : everReady ? "not serving, no worker is ready" : "starting";
            case RELOADING -> "reloading";
            case STOPPING -> "stopping";
        };
    }

    private StatusReport report(Supervisor supervisor, Duration now) {
        var census = supervisor.census(now);
        var served = generations.served(census.generation());
        return new StatusReport(identity, served, state(supervisor.standing(), census), now)
                .put(reload, supervisor.oldMaster())
                .put(supervisor.scaling())
                .put(census, board, rates, now, servedByTheGone)
                .put(ends);
    }

    /// What is done, as far as operators are told of it.
    public void hear(Action action) {
        switch (action) {
            case Action.Say(Level level, String text) -> said(level, text);
            case Action.Keep(Evidence evidence) -> ends.keep(evidence, System.currentTimeMillis());
            case Action.ReadSettings() -> reloadBegins();
            case Action.ReloadBegun() -> {
                reloads.addAll(asked);
                asked.clear();
            }
            case Action.ReloadEnded(boolean begun, boolean succeeded, String words) ->
                    reloadEnded(begun ? reloads : asked, succeeded, words);
            default -> {} // among us
        }
    }

    /// Who waits hears what the log is told.
    private void said(Level level, String text) {
        if (level.getSeverity() >= Level.INFO.getSeverity()) {
            asked.forEach(reply -> reply.progress(text));
            reloads.forEach(reply -> reply.progress(text));
            stops.forEach(reply -> reply.progress(text));
        }
    }

    private void reloadBegins() {
        reload =
                Optional.of(
                        Json.object()
                                .put("state", "running")
                                .put("words", "a reload is under way"));
    }

    /// @param waiting who asked for it
    private void reloadEnded(List<Reply> waiting, boolean succeeded, String words) {
        reload =
                Optional.of(
                        Json.object()
                                .put("state", succeeded ? "succeeded" : "failed")
                                .put("atMillis", System.currentTimeMillis())
                                .put("words", words));
        for (var reply : waiting) {
            if (succeeded) {
                reply.done(Json.object().put("words", words));
            } else {
                reply.failed(words);
            }
        }
        waiting.clear();
    }

    private void look(Census census, Duration now) {
        var requests = new HashMap<Long, Long>();
        for (var resident : census.residents()) {
            if (resident.pid() != 0) {
                requests.put(resident.pid(), board.slot(resident.slot()).view().requests());
            }
        }
        rates.note(requests, now);
        door.look();
    }

    /// The server has stopped: who asked for it can know.
    @Override
    public void close() {
        reloadEnded(asked, false, GONE);
        reloadEnded(reloads, false, GONE);
        var words = oldMaster.map(pid -> "stopped; the old master serves on pid=" + pid);
        var stopped =
                Json.object().put("pid", identity.pid()).put("words", words.orElse("stopped"));
        stops.forEach(reply -> reply.done(stopped));
        door.close();
    }
}
