package junicorn.master.decide;

import static java.time.Duration.ZERO;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import junicorn.master.loop.Action.CloseListeners;
import junicorn.master.loop.Action.Send;
import junicorn.master.loop.Action.Spawn;
import junicorn.master.loop.Event.BootFailed;
import junicorn.master.loop.Event.SignalReceived;
import junicorn.master.loop.Event.SpawnFailed;
import junicorn.master.loop.Event.Started;
import junicorn.master.loop.Event.WorkerExited;
import junicorn.master.loop.Event.WorkerReady;
import junicorn.master.loop.Event.WorkerStarted;
import junicorn.os.Exit;
import junicorn.os.Signal;
import junicorn.scoreboard.WorkerState;
import org.junit.jupiter.api.Test;

/// Ring 1: who is started, replaced, given up.
class SupervisorTest {
    private static final Exit CRASH = SupervisorScene.CRASH;

    private SupervisorScene scene = SupervisorScene.of(2);

    @Test
    void startsAsManyWorkersAsAreWanted() {
        assertThat(scene.decide(new Started(), ZERO))
                .containsExactly(new Spawn(0, 1), new Spawn(1, 1));
        assertThat(scene.decide(new Started(), ZERO)).isEmpty();
    }

    @Test
    void saysWhatBecomesOfAWorker() {
        scene.serving();

        assertThat(scene.said())
                .contains("worker 0 started pid=100", "worker 0 ready pid=100 boot=480ms");
    }

    @Test
    void replacesAProvenWorkerAtOnceAndLeavesItsNeighbourAlone() {
        scene.serving();

        assertThat(scene.died(1, ofSeconds(192))).containsExactly(new Spawn(1, 1));
        assertThat(scene.said())
                .last()
                .isEqualTo("worker 1 died signal=KILL pid=101 up=3m12s, restarting");
    }

    @Test
    void replacesAWorkerThatDiedEarlyAtOnceThenMoreAndMoreSlowly() {
        scene.serving();
        var now = ofSeconds(1);

        assertThat(scene.crashed(1, now)).containsExactly(new Spawn(1, 1));
        for (int rest : new int[] {1, 2, 4, 8, 16, 30, 30}) {
            scene.come(1, now);
            assertThat(scene.crashed(1, now)).isEmpty();
            assertThat(scene.tick(now.plusSeconds(rest).minusMillis(1))).isEmpty();
            now = now.plusSeconds(rest);
            assertThat(scene.tick(now)).containsExactly(new Spawn(1, 1));
        }
        assertThat(scene.said())
                .contains(
                        "worker 1 died signal=SEGV pid=101 up=0s, restarting in 4s (4th early death)");
    }

    @Test
    void forgetsEarlyDeathsOfASlotWhoseWorkerThenServed() {
        scene.serving();
        scene.crashed(1, ofSeconds(1));
        scene.come(1, ofSeconds(1));
        scene.crashed(1, ofSeconds(2));
        scene.tick(ofSeconds(3));
        scene.come(1, ofSeconds(3));

        assertThat(scene.crashed(1, ofSeconds(13))).containsExactly(new Spawn(1, 1));
        scene.come(1, ofSeconds(13));
        assertThat(scene.crashed(1, ofSeconds(14))).containsExactly(new Spawn(1, 1));
    }

    @Test
    void aWorkerThatAnOperatorStoppedIsReplacedAtOnceWhateverItsAge() {
        scene.serving();

        for (int i = 0; i < 5; i++) {
            var left = new WorkerExited(1, 101, new Exit.Code(0), WorkerState.DRAINING);
            assertThat(scene.decide(left, ofSeconds(1))).containsExactly(new Spawn(1, 1));
            scene.come(1, ofSeconds(1));
        }
        assertThat(scene.said()).contains("worker 1 stopped code=0 pid=101 up=0s, restarting");
    }

    @Test
    void givesUpWhenNoWorkerHasEverBecomeReadyAndNoneIsUnderWayAnyMore() {
        scene.decide(new Started(), ZERO);
        scene.start(0, ZERO);
        scene.start(1, ZERO);
        scene.decide(
                new BootFailed(0, 100, "java.io.IOException: no database", "\tat A\n"),
                ofSeconds(1));
        assertThat(scene.exit(0, 100, new Exit.Code(1), ofSeconds(1))).isEmpty();
        scene.tick(ofSeconds(2));
        scene.start(0, ofSeconds(2));
        scene.decide(
                new BootFailed(1, 101, "java.io.IOException: no database", "\tat A\n"),
                ofSeconds(2));

        var hoped = scene.exit(1, 101, new Exit.Code(1), ofSeconds(2));
        var awaited = scene.tick(ofSeconds(60));
        var gaveUp = scene.exit(0, 100, new Exit.Code(1), ofSeconds(61));

        assertThat(hoped).isEmpty();
        assertThat(awaited).as("no other start would tell more").isEmpty();
        assertThat(gaveUp).containsExactly(new CloseListeners());
        assertThat(scene.supervisor().finished()).isTrue();
        assertThat(scene.supervisor().exitCode()).isEqualTo(1);
        assertThat(scene.said())
                .contains(
                        "worker 0 did not start: java.io.IOException: no database\n\tat A",
                        "worker 1 did not start: same cause as worker 0",
                        "giving up, no worker has become ready: java.io.IOException: no database");
    }

    @Test
    void neverGivesUpOnceAWorkerHasServed() {
        scene.decide(new Started(), ZERO);
        scene.come(0, ZERO);
        scene.start(1, ZERO);
        scene.died(1, ofSeconds(1));
        scene.died(0, ofSeconds(1));
        scene.start(0, ofSeconds(1));
        scene.died(0, ofSeconds(1));

        assertThat(scene.supervisor().finished()).isFalse();
        assertThat(scene.tick(ofSeconds(2))).containsExactly(new Spawn(0, 1), new Spawn(1, 1));
    }

    @Test
    void aSpawnThatFailsIsTriedAgainAfterARest() {
        scene.serving();
        scene.died(1, ofSeconds(20));

        assertThat(scene.decide(new SpawnFailed(1, "ENOMEM"), ofSeconds(20))).isEmpty();
        assertThat(scene.said())
                .contains("worker 1 not started: ENOMEM, restarting in 1s (1st early death)");
        assertThat(scene.tick(ofSeconds(21))).containsExactly(new Spawn(1, 1));
    }

    @Test
    void givesUpWhenNothingCanBeSpawned() {
        scene.decide(new Started(), ZERO);
        scene.decide(new SpawnFailed(0, "ENOENT"), ZERO);

        assertThat(scene.decide(new SpawnFailed(1, "ENOENT"), ZERO))
                .containsExactly(new CloseListeners());
        assertThat(scene.supervisor().finished()).isTrue();
        assertThat(scene.said()).last().isEqualTo("giving up, no worker has become ready: ENOENT");
    }

    @Test
    void asksASurplusWorkerToStopAndKillsItWhenItsGraceIsOver() {
        scene.serving();

        var asked = scene.decide(new SignalReceived(Signal.TTOU), ofSeconds(1));
        var waited = scene.tick(ofSeconds(30));
        var insisted = scene.tick(ofSeconds(31));
        var once = scene.tick(ofSeconds(32));

        assertThat(asked).containsExactly(new Send(1, Signal.TERM));
        assertThat(waited).isEmpty();
        assertThat(insisted).containsExactly(new Send(1, Signal.KILL));
        assertThat(once).isEmpty();
        assertThat(scene.died(1, ofSeconds(33))).isEmpty();
    }

    @Test
    void oneWorkerStays() {
        scene.serving();

        scene.decide(new SignalReceived(Signal.TTOU), ofSeconds(1));

        assertThat(scene.decide(new SignalReceived(Signal.TTOU), ofSeconds(1))).isEmpty();
        assertThat(scene.said())
                .last()
                .isEqualTo("workers wanted=1, before=1: the last worker stays");
    }

    @Test
    void aNewWorkerDoesNotWaitForTheSlotOfOneThatDrains() {
        scene.serving();
        scene.decide(new SignalReceived(Signal.TTOU), ofSeconds(1));

        assertThat(scene.decide(new SignalReceived(Signal.TTIN), ofSeconds(2)))
                .containsExactly(new Spawn(2, 1));
        assertThat(scene.died(1, ofSeconds(3))).isEmpty();
    }

    @Test
    void moreWorkersThanHalfTheScoreboardAreNotStarted() {
        scene.serving();

        for (int i = 0; i < 10; i++) {
            scene.decide(new SignalReceived(Signal.TTIN), ofSeconds(1));
        }

        assertThat(scene.said()).last().isEqualTo("workers wanted=4, before=4: the maximum is 4");
    }

    @Test
    void aSignalThatMeansNothingYetDoesNoHarm() {
        scene.serving();

        assertThat(scene.decide(new SignalReceived(Signal.PIPE), ofSeconds(1))).isEmpty();
        assertThat(scene.said()).last().isEqualTo("signal=PIPE is not available yet, ignored");
    }

    @Test
    void lateWordsOfADeadWorkerAreNotTakenForItsSuccessors() {
        scene.serving();
        scene.died(1, ofSeconds(20));
        scene.decide(new WorkerStarted(1, 555), ofSeconds(20));

        scene.decide(new WorkerReady(1, 101, 1), ofSeconds(20));
        scene.decide(new BootFailed(1, 101, "old", ""), ofSeconds(20));
        scene.exit(1, 101, CRASH, ofSeconds(20));

        assertThat(scene.said()).last().isEqualTo("worker 1 started pid=555");
        assertThat(scene.tick(ofSeconds(141))).contains(new Send(1, Signal.QUIT));
    }

    @Test
    void sleepsNoLongerThanTheNextDeadline() {
        scene.serving();
        assertThat(scene.supervisor().patience(ZERO)).isEqualTo(ofSeconds(1));
        scene.decide(new SignalReceived(Signal.TTOU), ofMillis(1_500));
        assertThat(scene.supervisor().patience(ofMillis(30_600))).isEqualTo(ofMillis(900));
        assertThat(scene.supervisor().patience(ofSeconds(99))).isZero();
        scene.decide(new SignalReceived(Signal.TERM), ofSeconds(2));
        assertThat(scene.supervisor().patience(ofSeconds(2))).isEqualTo(ofMillis(25));
    }
}
