package junicorn.master;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import junicorn.master.loop.Action;
import junicorn.master.loop.Event;
import junicorn.master.loop.Guard;

/// Has done what is decided, one action after the other. One that fails takes no other along, and
/// comes back as an event where the supervisor waits for what comes of it.
final class Performer {
    private final Guard guard;
    private final List<Consumer<Action>> hearers;
    private final Consumer<Action> hands;
    private final Consumer<Event> back;

    /// @param hearers are told of each action just before it is done
    /// @param hands do it
    /// @param back takes what the supervisor is to hear
    Performer(
            Guard guard,
            List<Consumer<Action>> hearers,
            Consumer<Action> hands,
            Consumer<Event> back) {
        this.guard = guard;
        this.hearers = List.copyOf(hearers);
        this.hands = hands;
        this.back = back;
    }

    void perform(List<Action> actions) {
        actions.forEach(this::perform);
    }

    private void perform(Action action) {
        var what = action.getClass().getSimpleName();
        for (var hearer : hearers) {
            guard.run("telling of " + what, () -> hearer.accept(action));
        }
        guard.run(what, () -> hands.accept(action))
                .flatMap(why -> consequence(action, why))
                .ifPresent(back);
    }

    /// Whoever waits for an answer gets one. What is said of the others is in the log.
    private static Optional<Event> consequence(Action action, String why) {
        return switch (action) {
            case Action.Spawn(int slot, _, _) -> Optional.of(new Event.SpawnFailed(slot, why));
            case Action.ReadSettings _, Action.Prepare _ ->
                    Optional.of(new Event.ReloadRefused(why));
            case Action.StartNewMaster _ -> Optional.of(new Event.NewMasterFailed(why));
            case Action.Send(int slot, _) -> Optional.of(new Event.SendFailed(slot));
            case Action.Lead _,
                    Action.Explain _,
                    Action.Serve _,
                    Action.ReloadBegun _,
                    Action.ReloadEnded _,
                    Action.Weigh _,
                    Action.ReopenLogs _,
                    Action.RefuseNew _,
                    Action.RefuseLeft _,
                    Action.CloseListeners _,
                    Action.HandOver _,
                    Action.Keep _,
                    Action.Say _ ->
                    Optional.empty();
        };
    }
}
