package junicorn.master.decide;

import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import junicorn.master.loop.Action;
import junicorn.master.loop.Event;
import junicorn.os.Exit;
import junicorn.os.Signal;
import junicorn.systemd.Standing.Doing;
import org.junit.jupiter.api.Test;

/// Two masters side by side. The new master's pid is 999.
class SupervisorUpgradeTest {
    private final SupervisorScene scene = SupervisorScene.of(2);

    @Test
    void usr2StartsANewMasterAndOnlyOne() {
        scene.serving();

        assertThat(signal(Signal.USR2, 1)).containsExactly(new Action.StartNewMaster());
        assertThat(decide(new Event.NewMasterStarted(999), 1)).isEmpty();
        assertThat(signal(Signal.USR2, 2)).isEmpty();

        assertThat(scene.said().getLast())
                .isEqualTo("signal=USR2 ignored: a new master already runs pid=999");
    }

    @Test
    void winchIsForAMasterWithANewMasterThatServes() {
        scene.serving();

        assertThat(signal(Signal.WINCH, 1)).isEmpty();
        signal(Signal.USR2, 2);
        decide(new Event.NewMasterStarted(999), 2);
        assertThat(signal(Signal.WINCH, 3)).isEmpty();
        decide(new Event.NewMasterReady(Set.of()), 4);
        assertThat(signal(Signal.WINCH, 5))
                .containsExactly(new Action.Send(1, Signal.TERM), new Action.Send(0, Signal.TERM));
        assertThat(signal(Signal.WINCH, 6)).isEmpty();

        gone(0, 7);
        assertThat(gone(1, 7)).isEmpty();
        assertThat(scene.supervisor().finished()).isFalse();
    }

    @Test
    void hupAfterWinchBringsTheWorkersBack() {
        upgraded();
        signal(Signal.WINCH, 3);
        gone(0, 4);
        gone(1, 4);

        assertThat(signal(Signal.HUP, 5))
                .containsExactly(new Action.Spawn(0, 1), new Action.Spawn(1, 1));
        assertThat(standing()).isEqualTo("main RELOADING 0");
        scene.start(0, ofSeconds(6));
        scene.ready(0, ofSeconds(7));
        assertThat(scene.endings()).containsExactly("true this master serves again");
        assertThat(standing()).isEqualTo("main SERVING 1");
    }

    @Test
    void anOperatorsReloadAfterWinchBringsTheWorkersBackToo() {
        upgraded();
        signal(Signal.WINCH, 3);
        gone(0, 4);
        gone(1, 4);

        assertThat(decide(new Event.ReloadWanted("requested by an operator"), 5))
                .containsExactly(new Action.Spawn(0, 1), new Action.Spawn(1, 1));
    }

    @Test
    void theServiceManagerHearsOfAReload() {
        scene.serving();

        assertThat(signal(Signal.HUP, 1)).containsExactly(new Action.ReadSettings());
        assertThat(standing()).isEqualTo("main RELOADING 2");
        decide(new Event.ReloadRefused("line 3: no"), 2);

        assertThat(standing()).isEqualTo("main SERVING 2");
    }

    @Test
    void aNewMasterThatEndsBringsTheWorkersBackByItself() {
        upgraded();
        signal(Signal.WINCH, 3);
        gone(0, 4);
        gone(1, 4);

        assertThat(decide(new Event.NewMasterExited(999, new Exit.Killed(9, false)), 5))
                .containsExactly(new Action.Spawn(0, 1), new Action.Spawn(1, 1));
        assertThat(scene.said())
                .contains("new master ended signal=KILL pid=999, starting workers again");
        assertThat(signal(Signal.USR2, 6)).containsExactly(new Action.StartNewMaster());
    }

    @Test
    void aNewMasterThatCannotStartLeavesTheOldServing() {
        scene.serving();
        signal(Signal.USR2, 1);
        decide(new Event.NewMasterStarted(999), 1);

        assertThat(decide(new Event.NewMasterExited(999, new Exit.Code(1)), 2)).isEmpty();

        assertThat(scene.said().getLast())
                .isEqualTo(
                        "new master ended before it was ready code=1 pid=999, this one serves on");
        assertThat(standing()).isEqualTo("main SERVING 2");
    }

    @Test
    void noNewMasterAtAllLeavesTheOldServing() {
        scene.serving();
        signal(Signal.USR2, 1);

        assertThat(decide(new Event.NewMasterFailed("there is nothing to execute"), 1)).isEmpty();

        assertThat(scene.said().getLast())
                .isEqualTo("no new master, this one keeps serving: there is nothing to execute");
        assertThat(signal(Signal.USR2, 2)).containsExactly(new Action.StartNewMaster());
    }

    @Test
    void termHandsOver() {
        upgraded();

        assertThat(signal(Signal.TERM, 3))
                .containsExactly(new Action.RefuseNew(), new Action.HandOver());
        assertThat(scene.supervisor().standing().handedTo()).isEqualTo(Optional.of(999L));
        assertThat(signal(Signal.INT, 4)).doesNotContain(new Action.HandOver());
    }

    @Test
    void termWaitsUntilTheNewMasterIsReady() {
        scene.serving();
        signal(Signal.USR2, 1);
        decide(new Event.NewMasterStarted(999), 1);

        assertThat(signal(Signal.TERM, 2)).isEmpty();
        assertThat(decide(new Event.NewMasterReady(Set.of()), 3))
                .containsExactly(new Action.RefuseNew(), new Action.HandOver());
    }

    @Test
    void termIsForgottenWhenTheNewMasterFailsAndHeededWhenItComesAgain() {
        scene.serving();
        signal(Signal.USR2, 1);
        decide(new Event.NewMasterStarted(999), 1);
        signal(Signal.TERM, 2);
        assertThat(decide(new Event.NewMasterExited(999, new Exit.Code(1)), 3)).isEmpty();
        assertThat(standing()).isEqualTo("main SERVING 2");

        signal(Signal.USR2, 4);
        decide(new Event.NewMasterStarted(998), 4);
        signal(Signal.TERM, 5);
        assertThat(signal(Signal.TERM, 6))
                .containsExactly(new Action.RefuseNew(), new Action.HandOver());
    }

    @Test
    void aNewMasterHasNoLeaderAndDoesNotStandForTheServiceWhileTheOldOneDoes() {
        decide(new Event.OldMasterThere(7), 0);
        scene.serving();
        assertThat(scene.leaders()).isEmpty();
        assertThat(standing()).isEqualTo("SERVING 2");
        assertThat(signal(Signal.USR2, 1)).isEmpty();

        decide(new Event.OldMasterYielded(), 2);
        assertThat(scene.leaders()).isEmpty();
        assertThat(standing()).isEqualTo("main SERVING 2");

        decide(new Event.OldMasterGone(), 3);
        assertThat(scene.leaders()).containsExactly(0);
        assertThat(signal(Signal.USR2, 4)).containsExactly(new Action.StartNewMaster());
    }

    @Test
    void aServerThatStopsStartsNoNewMaster() {
        scene.serving();
        signal(Signal.TERM, 1);

        assertThat(signal(Signal.USR2, 2)).isEmpty();
        assertThat(scene.supervisor().standing().doing()).isEqualTo(Doing.STOPPING);
    }

    private void upgraded() {
        scene.serving();
        signal(Signal.USR2, 1);
        decide(new Event.NewMasterStarted(999), 1);
        decide(new Event.NewMasterReady(Set.of()), 2);
    }

    private String standing() {
        var standing = scene.supervisor().standing();
        return "%s%s %d"
                .formatted(standing.main() ? "main " : "", standing.doing(), standing.ready());
    }

    private List<Action> signal(Signal signal, int second) {
        return decide(new Event.SignalReceived(signal), second);
    }

    private List<Action> gone(int slot, int second) {
        return scene.exit(slot, 100L + slot, new Exit.Code(0), ofSeconds(second));
    }

    private List<Action> decide(Event event, int second) {
        Duration now = ofSeconds(second);
        return scene.decide(event, now);
    }
}
