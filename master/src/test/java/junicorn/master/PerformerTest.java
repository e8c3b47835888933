package junicorn.master;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import junicorn.master.loop.Action;
import junicorn.master.loop.Event;
import junicorn.master.loop.Guard;
import junicorn.os.Signal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Ring 1: what fails takes nothing else along.
class PerformerTest {
    private static final Action.Say LAST = new Action.Say(Level.INFO, "the last of them");

    private final List<Action> heard = new ArrayList<>();
    private final List<Action> done = new ArrayList<>();
    private final List<Event> back = new ArrayList<>();

    /// Of each kind, but for two that need a whole configuration or a dead worker.
    static Stream<Action> each() {
        return Stream.of(
                new Action.Spawn(1, 1),
                new Action.Send(1, Signal.KILL),
                new Action.Lead(1),
                new Action.Explain(1),
                new Action.Serve(1),
                new Action.ReadSettings(),
                new Action.ReloadBegun(),
                new Action.ReloadEnded(true, true, "done"),
                new Action.Weigh(),
                new Action.ReopenLogs(),
                new Action.RefuseNew(),
                new Action.RefuseLeft(),
                new Action.CloseListeners(),
                new Action.StartNewMaster(),
                new Action.HandOver(),
                new Action.Say(Level.INFO, "a word"));
    }

    @ParameterizedTest
    @MethodSource("each")
    void anActionThatFailsIsTheOnlyOneThatIsNotDone(Action broken) {
        for (var thrown : List.of(new IllegalStateException("no"), new NoClassDefFoundError("x"))) {
            done.clear();

            performer(broken, thrown).perform(List.of(broken, LAST));

            assertThat(done).containsExactly(LAST);
        }
    }

    @Test
    void whoWaitsForAnAnswerIsToldThatThereIsNone() {
        each().forEach(it -> performer(it, new IllegalStateException("no")).perform(List.of(it)));

        var why = "java.lang.IllegalStateException: no";
        assertThat(back)
                .containsExactly(
                        new Event.SpawnFailed(1, why),
                        new Event.SendFailed(1),
                        new Event.ReloadRefused(why),
                        new Event.NewMasterFailed(why));
    }

    @Test
    void aHearerThatFailsKeepsNothingFromBeingDone() {
        var performer =
                new Performer(
                        new Guard(System::nanoTime),
                        List.of(
                                _ -> {
                                    throw new IllegalStateException("deaf");
                                },
                                heard::add),
                        done::add,
                        back::add);

        performer.perform(List.of(new Action.RefuseNew(), LAST));

        assertThat(heard).containsExactly(new Action.RefuseNew(), LAST);
        assertThat(done).containsExactly(new Action.RefuseNew(), LAST);
        assertThat(back).isEmpty();
    }

    private Performer performer(Action broken, Throwable thrown) {
        return new Performer(
                new Guard(System::nanoTime),
                List.of(),
                action -> {
                    if (action.equals(broken)) {
                        sneak(thrown);
                    }
                    done.add(action);
                },
                back::add);
    }

    private static void sneak(Throwable thrown) {
        if (thrown instanceof Error error) {
            throw error;
        }
        throw (RuntimeException) thrown;
    }
}
