package junicorn.master.decide;

import static java.time.Duration.ZERO;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import junicorn.master.loop.Action.CloseListeners;
import junicorn.master.loop.Action.RefuseNew;
import junicorn.master.loop.Action.Send;
import junicorn.master.loop.Event.SignalReceived;
import junicorn.master.loop.Event.Started;
import junicorn.os.Exit;
import junicorn.os.Signal;
import org.junit.jupiter.api.Test;

/// Ring 1: how a server stops.
class SupervisorStopTest {

    private SupervisorScene scene = SupervisorScene.of(2);

    @Test
    void termFirstRefusesNewClientsThenWaitsForThoseOnTheirWayThenStopsTheWorkers() {
        scene.serving();

        assertThat(scene.decide(new SignalReceived(Signal.TERM), ofSeconds(1)))
                .containsExactly(new RefuseNew());
        assertThat(scene.tick(ofMillis(1240), true)).isEmpty();
        assertThat(scene.tick(ofMillis(1489))).isEmpty();
        assertThat(scene.tick(ofMillis(1490)))
                .containsExactly(
                        new Send(0, Signal.TERM), new Send(1, Signal.TERM), new CloseListeners());
        scene.exit(0, 100, new Exit.Code(0), ofMillis(1500));
        assertThat(scene.supervisor().finished()).isFalse();
        assertThat(scene.tick(ofMillis(30_999))).isEmpty();
        assertThat(scene.tick(ofSeconds(31))).containsExactly(new Send(1, Signal.KILL));
        scene.died(1, ofMillis(31_001));
        assertThat(scene.supervisor().finished()).isTrue();
        assertThat(scene.supervisor().exitCode()).isZero();
    }

    @Test
    void termDoesNotWaitForEverForClientsThatNobodyAccepts() {
        scene.serving();
        scene.decide(new SignalReceived(Signal.TERM), ZERO);

        assertThat(scene.tick(ofMillis(26_999), true)).isEmpty();
        assertThat(scene.tick(ofSeconds(27), true))
                .containsExactly(
                        new Send(0, Signal.TERM), new Send(1, Signal.TERM), new CloseListeners());
        assertThat(scene.tick(ofSeconds(30)))
                .containsExactly(new Send(0, Signal.KILL), new Send(1, Signal.KILL));
    }

    @Test
    void termBeforeAnyWorkerIsReadyStopsThemAtOnce() {
        scene.decide(new Started(), ZERO);
        scene.start(0, ZERO);
        scene.start(1, ZERO);

        assertThat(scene.decide(new SignalReceived(Signal.TERM), ofSeconds(1)))
                .containsExactly(
                        new RefuseNew(),
                        new Send(0, Signal.TERM),
                        new Send(1, Signal.TERM),
                        new CloseListeners());
    }

    @Test
    void intStopsAtOnceAndKillsAfterTwoSeconds() {
        scene.serving();

        assertThat(scene.decide(new SignalReceived(Signal.INT), ofSeconds(1)))
                .containsExactly(
                        new Send(0, Signal.INT), new Send(1, Signal.INT), new CloseListeners());
        assertThat(scene.decide(new SignalReceived(Signal.INT), ofSeconds(2))).isEmpty();
        assertThat(scene.decide(new SignalReceived(Signal.TERM), ofSeconds(2))).isEmpty();
        assertThat(scene.tick(ofSeconds(3)))
                .containsExactly(new Send(0, Signal.KILL), new Send(1, Signal.KILL));
    }

    @Test
    void intHurriesATerm() {
        scene.serving();
        scene.decide(new SignalReceived(Signal.TERM), ofSeconds(1));
        scene.tick(ofSeconds(2));

        assertThat(scene.decide(new SignalReceived(Signal.INT), ofSeconds(3)))
                .containsExactly(new Send(0, Signal.INT), new Send(1, Signal.INT));
        assertThat(scene.tick(ofSeconds(5)))
                .containsExactly(new Send(0, Signal.KILL), new Send(1, Signal.KILL));
    }

    @Test
    void theDeadAreNotReplacedWhileTheServerStops() {
        scene.serving();
        scene.decide(new SignalReceived(Signal.TERM), ofSeconds(1));

        assertThat(scene.died(0, ofSeconds(1))).isEmpty();
        assertThat(scene.died(1, ofSeconds(1))).containsExactly(new CloseListeners());
        assertThat(scene.supervisor().finished()).isTrue();
    }
}
