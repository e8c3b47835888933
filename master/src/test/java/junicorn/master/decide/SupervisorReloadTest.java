package junicorn.master.decide;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import junicorn.master.loop.Action;
import junicorn.master.loop.Action.ReadSettings;
import junicorn.master.loop.Action.Send;
import junicorn.master.loop.Action.Spawn;
import junicorn.master.loop.Event;
import junicorn.master.loop.Event.BootFailed;
import junicorn.master.loop.Event.ReloadRefused;
import junicorn.master.loop.Event.SignalReceived;
import junicorn.master.settings.Limits;
import junicorn.master.settings.Renewal;
import junicorn.os.Exit;
import junicorn.os.Signal;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Ring 1: from one generation to the next.
final class SupervisorReloadTest {
    private static final Exit DONE = new Exit.Code(0);
    private static final Limits TWO = SupervisorScene.limits(2, Renewal.USUAL);
    private static final Duration AT = ofSeconds(20);

    private final SupervisorScene scene = SupervisorScene.of(Renewal.USUAL);

    @BeforeEach
    void twoServe() {
        scene.serving();
    }

    @Test
    void eachOldWorkerRetiresWhenANewOneIsReadyAndNotBefore() {
        var asked = scene.decide(new SignalReceived(Signal.HUP), AT);
        var prepared = scene.decide(new Event.GenerationPrepared(2, TWO), AT);
        scene.start(2, AT);
        var booting = scene.tick(ofSeconds(21));
        var first = scene.ready(2, ofSeconds(22));
        scene.start(3, ofSeconds(22));
        scene.exit(0, 100, DONE, ofSeconds(23));
        var second = scene.ready(3, ofSeconds(24));
        scene.exit(1, 101, DONE, ofSeconds(26));

        assertThat(asked).containsExactly(new ReadSettings());
        assertThat(prepared).containsExactly(new Spawn(2, 2));
        assertThat(booting).isEmpty();
        assertThat(first).containsExactly(new Send(0, Signal.TERM), new Spawn(3, 2));
        assertThat(second).containsExactly(new Send(1, Signal.TERM));
        assertThat(scene.said())
                .contains(
                        "reloading signal=HUP",
                        "generation 2 starts workers=2, generation 1 serves until they are ready",
                        "worker 0 retires, its successor is ready pid=100",
                        "generation 2 is live after 4s, generation 1 drains workers=1")
                .last()
                .isEqualTo("generation 2 is live; generation 1 fully drained in 6s");
        assertThat(scene.endings())
                .containsExactly("true generation 2 is live; generation 1 fully drained in 6s");
        assertThat(scene.supervisor().generationsInUse()).containsExactly(2L);
        assertThat(scene.died(2, ofSeconds(60))).containsExactly(new Spawn(2, 2));
    }

    @Test
    void aConfigurationThatIsRefusedChangesNothing() {
        scene.decide(new SignalReceived(Signal.HUP), AT);
        var refused = scene.decide(new ReloadRefused("junicorn.toml:3: what is this"), AT);

        assertThat(refused).isEmpty();
        assertThat(scene.endings())
                .containsExactly(
                        "false reload refused, nothing changed: junicorn.toml:3: what is this");
        assertThat(scene.died(1, AT)).containsExactly(new Spawn(1, 1));
    }

    @Test
    void codeThatDoesNotStartLeavesTheOldServing() {
        scene.reload(2, TWO, AT);
        scene.start(2, AT);

        var failed = scene.decide(new BootFailed(2, 102, "no database", "\tat A"), AT);
        var gone = scene.exit(2, 102, new Exit.Code(1), AT);
        var later = scene.tick(ofSeconds(60));

        assertThat(List.of(failed, gone, later)).allMatch(List::isEmpty);
        assertThat(scene.said()).contains("worker 2 did not start: no database\n\tat A");
        assertThat(scene.endings())
                .containsExactly(
                        "false reload failed, generation 1 keeps serving: worker 2 did not start:"
                                + " no database");
        assertThat(scene.died(1, ofSeconds(60))).containsExactly(new Spawn(1, 1));
    }

    @Test
    void aBootThatNeverEndsFailsTheReloadToo() {
        scene.reload(2, TWO, AT);
        scene.start(2, AT);

        var late = scene.tick(ofSeconds(141));
        scene.tick(ofSeconds(143));
        scene.died(2, ofSeconds(143));

        assertThat(late).containsExactly(new Send(2, Signal.QUIT));
        assertThat(scene.endings().getFirst())
                .startsWith("false reload failed, generation 1 keeps serving: worker 2 died");
    }

    @Test
    void newWorkersThatServeAlreadyStayWhenTheNextOneFails() {
        scene.reload(2, TWO, AT);
        scene.come(2, AT);
        scene.start(3, AT);
        scene.exit(0, 100, DONE, AT);
        scene.decide(new Event.SpawnFailed(3, "EAGAIN"), AT);

        assertThat(scene.endings())
                .containsExactly(
                        "false reload failed, generation 1 keeps serving beside worker 2 of generation"
                                + " 2: worker 3 not started: EAGAIN");
        assertThat(scene.tick(ofSeconds(60))).isEmpty();
        assertThat(scene.supervisor().generationsInUse()).containsExactlyInAnyOrder(1L, 2L);
        assertThat(scene.reload(3, TWO, ofSeconds(60))).containsExactly(new Spawn(0, 3));
        scene.start(0, ofSeconds(60));
        assertThat(scene.ready(0, ofSeconds(61)))
                .contains(new Send(1, Signal.TERM))
                .doesNotContain(new Send(2, Signal.TERM));
    }

    @Test
    void codeThatCrashesAtOnceDoesNotReplaceTheRest() {
        scene.reload(2, TWO, AT);
        scene.come(2, AT);
        scene.start(3, AT);

        var crashed = scene.exit(2, 102, new Exit.Killed(11, true), ofSeconds(21));

        assertThat(crashed).contains(new Send(3, Signal.TERM)).contains(new Spawn(2, 1));
        assertThat(scene.endings().getFirst()).contains("worker 2 died signal=SEGV core=dumped");
    }

    @Test
    void aNewWorkerThatSomebodyKillsIsReplacedAndTheReloadGoesOn() {
        scene.reload(2, TWO, AT);
        scene.come(2, AT);
        scene.start(3, AT);

        assertThat(scene.died(2, ofSeconds(21))).containsExactly(new Spawn(2, 2));
        assertThat(scene.endings()).isEmpty();
    }

    @Test
    void anOldWorkerThatDiesMeanwhileIsReplacedByTheNewGeneration() {
        scene.reload(2, TWO, AT);
        scene.start(2, AT);

        assertThat(scene.died(1, ofSeconds(21))).containsExactly(new Spawn(1, 2));
    }

    @Test
    void workersAddedBySignalsSurviveUnlessTheConfigurationSaysANewNumber() {
        scene.decide(new SignalReceived(Signal.TTIN), AT);
        scene.come(2, AT);

        scene.reload(2, TWO, AT);
        var said = List.copyOf(scene.said());
        scene.reload(3, SupervisorScene.limits(5, Renewal.USUAL), AT);

        assertThat(said).last().asString().startsWith("generation 2 starts workers=3");
        assertThat(scene.said()).last().asString().startsWith("generation 3 starts workers=5");
    }

    @Test
    void aReloadDuringAReloadTakesItsPlace() {
        scene.reload(2, TWO, AT);
        scene.come(2, AT);
        scene.start(3, AT);
        var again = scene.reload(3, TWO, ofSeconds(21));

        assertThat(again).containsExactly(new Send(3, Signal.TERM), new Spawn(4, 3));
        assertThat(scene.endings())
                .containsExactly("false generation 2 is superseded by another reload");
        assertThat(scene.askers()).containsExactly("begun", "old false", "begun");
        scene.start(4, ofSeconds(21));
        assertThat(scene.ready(4, ofSeconds(22)))
                .containsExactly(new Send(1, Signal.TERM), new Spawn(5, 3));
    }

    @Test
    void whoAsksWhileTheOldDrainDoesNotHearOfItsEnd() {
        scene.reload(2, TWO, AT);
        scene.come(2, AT);
        scene.come(3, AT);
        scene.decide(new SignalReceived(Signal.HUP), ofSeconds(21));
        scene.decide(new ReloadRefused("what is this"), ofSeconds(21));
        scene.exit(0, 100, DONE, ofSeconds(22));
        scene.exit(1, 101, DONE, ofSeconds(22));

        assertThat(scene.askers()).containsExactly("begun", "new false", "old true");
    }

    @Test
    void aServerThatStopsWhileTheOldDrainHasReloaded() {
        scene.reload(2, TWO, AT);
        scene.come(2, AT);
        scene.come(3, AT);
        scene.decide(new SignalReceived(Signal.TERM), AT);

        assertThat(scene.endings()).containsExactly("true generation 2 is live");
    }

    @Test
    void aGenerationThatIsPreparedIsNotForgottenBeforeItStarts() {
        scene.decide(new SignalReceived(Signal.HUP), AT);
        scene.decide(new Event.ReloadRead(Samples.settings(2, Renewal.USUAL)), AT);

        assertThat(scene.supervisor().generationsInUse()).containsExactlyInAnyOrder(1L, 2L);
    }

    @Test
    void whoAsksWhileTheConfigurationIsReadHasItReadAgain() {
        var first = scene.decide(new SignalReceived(Signal.HUP), AT);
        var second = scene.decide(new SignalReceived(Signal.HUP), AT);
        var answered = scene.decide(new ReloadRefused("half written"), AT);

        assertThat(first).containsExactly(new ReadSettings());
        assertThat(second).isEmpty();
        assertThat(answered).containsExactly(new ReadSettings());
        assertThat(scene.endings()).isEmpty();
    }

    @Test
    void whoIsSurplusIsNotSaidToHaveASuccessor() {
        scene.reload(2, SupervisorScene.limits(1, Renewal.USUAL), AT);

        assertThat(scene.said()).contains("worker 0 retires, fewer are wanted pid=100");
    }

    @Test
    void theLastAtAnAddressThatIsLeftGoesWhenNobodyWaitsThere() {
        scene.decide(new SignalReceived(Signal.HUP), AT);
        scene.decide(new Event.GenerationPrepared(2, TWO, true), AT);
        scene.come(2, ofSeconds(21));
        scene.start(3, ofSeconds(21));
        var live = scene.ready(3, ofSeconds(22));
        var used = scene.supervisor().generationsInUse();
        var early = scene.decide(new Event.TimerFired(Map.of(), false, 0, true), ofMillis(22_300));
        var quiet = scene.tick(ofMillis(22_500));
        var gone = scene.tick(ofMillis(22_600));

        assertThat(live).containsExactly(new Action.RefuseLeft());
        assertThat(used).containsExactlyInAnyOrder(1L, 2L);
        assertThat(List.of(early, quiet)).allMatch(List::isEmpty);
        assertThat(gone).containsExactly(new Send(1, Signal.TERM));
        assertThat(scene.supervisor().generationsInUse()).containsExactly(2L);
    }

    @Test
    void aBatchIsReplacedAtATime() {
        var batch = SupervisorScene.limits(2, new Renewal(2, 0, Duration.ZERO, 0));

        assertThat(scene.reload(2, batch, AT)).containsExactly(new Spawn(2, 2), new Spawn(3, 2));
    }

    @Test
    void aServerThatStopsDoesNotReload() {
        scene.reload(2, TWO, AT);
        scene.start(2, AT);
        scene.decide(new SignalReceived(Signal.TERM), AT);

        assertThat(scene.decide(new SignalReceived(Signal.HUP), AT)).isEmpty();
        assertThat(scene.decide(new Event.GenerationPrepared(3, TWO), AT)).isEmpty();
        assertThat(scene.endings()).containsOnly("false the server stops").hasSize(2);
    }
}
