package junicorn.master.decide;

import static java.time.Duration.ZERO;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import junicorn.master.loop.Action.Send;
import junicorn.master.loop.Action.Spawn;
import junicorn.master.loop.Event;
import junicorn.master.loop.Event.BootFailed;
import junicorn.master.loop.Event.Started;
import junicorn.master.table.Cores;
import junicorn.master.table.Halt;
import junicorn.master.table.Pulse;
import junicorn.os.Signal;
import org.junit.jupiter.api.Test;

/// Ring 1: what is done about workers that make no progress.
class SupervisorPatrolTest {

    private SupervisorScene scene = SupervisorScene.of(2);

    @Test
    void asksAWorkerWhoseBeatsStandStillForItsThreadsAndKillsIt() {
        scene.serving();
        scene.pulse(0, new Pulse(1, 1, ofSeconds(31)));
        for (int second = 1; second <= 31; second++) {
            assertThat(scene.tick(ofSeconds(second))).isEmpty();
        }

        var asked = scene.tick(ofSeconds(31).plusMillis(1));
        var waited = scene.tick(ofSeconds(33));
        var killed = scene.tick(ofSeconds(33).plusMillis(1));

        assertThat(asked).containsExactly(new Send(0, Signal.QUIT));
        assertThat(waited).isEmpty();
        assertThat(killed).containsExactly(new Send(0, Signal.KILL));
        assertThat(scene.said())
                .contains(
                        "worker 0 stuck, killing it after a thread dump pid=100 still=30s busy=1 request=31s");
        assertThat(scene.died(0, ofSeconds(34))).containsExactly(new Spawn(0, 1));
    }

    @Test
    void aTimeoutOfZeroJudgesNobody() {
        scene = SupervisorScene.with(1, ZERO, ZERO);
        scene.decide(new Started(), ZERO);
        scene.start(0, ZERO);
        assertThat(scene.tick(ofSeconds(10_000))).isEmpty();
        assertThat(scene.supervisor().patience(ofSeconds(10_000))).isEqualTo(ofSeconds(1));
        scene.ready(0, ofSeconds(10_000));

        assertThat(scene.tick(ofSeconds(20_000))).isEmpty();
    }

    @Test
    void beatsAreNotJudgedWhileAWorkerStartsButItsBootTimeIs() {
        scene = booting();

        assertThat(scene.tick(ofMinutes(2))).isEmpty();
        assertThat(scene.tick(ofSeconds(121))).containsExactly(new Send(1, Signal.QUIT));
        assertThat(scene.tick(ofSeconds(123))).containsExactly(new Send(1, Signal.KILL));
        assertThat(scene.died(1, ofSeconds(123))).isEmpty();
        assertThat(scene.tick(ofSeconds(124))).containsExactly(new Spawn(1, 1));
        assertThat(scene.said())
                .contains("worker 1 not ready after 2m1s, killing it after a thread dump pid=101");
    }

    @Test
    void theTimeThatAStartWaitedForACoreDoesNotCount() {
        scene = booting();
        for (long second = 1; second <= 240; second++) {
            cores(1, second * 500, second * 500);
            assertThat(scene.tick(ofSeconds(second))).as("after %d s", second).isEmpty();
            assertThat(scene.supervisor().patience(ofSeconds(second))).isGreaterThanOrEqualTo(ZERO);
        }

        cores(1, 120_500, 120_500);
        assertThat(scene.tick(ofSeconds(241))).containsExactly(new Send(1, Signal.QUIT));
        assertThat(scene.said())
                .contains(
                        "worker 1 not ready after 4m1s, 2m of them without a core, killing it after a thread dump pid=101");
    }

    @Test
    void aStartThatWaitsForSomethingElseHasTheTimeThatIsSaid() {
        scene = booting();
        for (long second = 1; second <= 120; second++) {
            cores(1, 3_000, 0);
            assertThat(scene.tick(ofSeconds(second))).isEmpty();
        }

        assertThat(scene.tick(ofSeconds(121))).containsExactly(new Send(1, Signal.QUIT));
    }

    @Test
    void aStartThatNeverGetsACoreIsGivenUpSomeTime() {
        scene = booting();
        for (long second = 1; second <= 600; second++) {
            cores(1, 0, second * 1_000);
            assertThat(scene.tick(ofSeconds(second))).as("after %d s", second).isEmpty();
        }
        cores(1, 0, 605_000);

        assertThat(scene.tick(ofSeconds(605))).containsExactly(new Send(1, Signal.QUIT));
    }

    @Test
    void aWorkerThatReportedAFailureAndDoesNotExitIsKilled() {
        scene = booting();
        scene.decide(new BootFailed(1, 101, "why", ""), ofSeconds(1));

        assertThat(scene.tick(ofSeconds(5))).isEmpty();
        assertThat(scene.tick(ofSeconds(6))).containsExactly(new Send(1, Signal.KILL));
    }

    @Test
    void aStoppedWorkerIsKilledWithoutBeingAskedForItsThreads() {
        scene.serving();
        scene.pulse(0, halted(Halt.STOPPED));
        assertThat(scene.tick(ofSeconds(1))).isEmpty();
        assertThat(scene.said())
                .contains("worker 0 is stopped (signal STOP) and serves nobody pid=100");
        for (int second = 2; second <= 31; second++) {
            assertThat(scene.tick(ofSeconds(second))).isEmpty();
        }

        var killed = scene.tick(ofSeconds(32));

        assertThat(killed).containsExactly(new Send(0, Signal.KILL));
        assertThat(scene.said())
                .filteredOn(line -> line.contains("is stopped"))
                .hasSize(2)
                .last()
                .isEqualTo(
                        "worker 0 is stopped (signal STOP) for too long, killing it pid=100 still=31s");
    }

    @Test
    void aWorkerThatADebuggerHoldsIsLeftAloneAndGetsItsWholeTimeAfterwards() {
        scene.serving();
        scene.pulse(0, halted(Halt.TRACED));
        for (int second = 1; second <= 1000; second++) {
            assertThat(scene.tick(ofSeconds(second))).isEmpty();
        }
        scene.pulse(0, halted(Halt.NONE));

        assertThat(scene.tick(ofSeconds(1030))).isEmpty();
        assertThat(scene.tick(ofSeconds(1031))).containsExactly(new Send(0, Signal.QUIT));
        assertThat(scene.said())
                .contains("worker 0 is held by a debugger, --timeout does not count pid=100");
    }

    @Test
    void whatTheMasterCouldNotSeeIsNotHeldAgainstWorkers() {
        scene.serving();
        scene.pulse(0, halted(Halt.NONE));
        assertThat(scene.tick(ofSeconds(1))).isEmpty();
        assertThat(scene.tick(ofSeconds(30))).isEmpty();

        var held = scene.decide(new Event.HeldUp(ofSeconds(300)), ofSeconds(31));

        assertThat(held).isEmpty();
        assertThat(scene.tick(ofSeconds(61))).isEmpty();
        assertThat(scene.tick(ofSeconds(62))).containsExactly(new Send(0, Signal.QUIT));
        assertThat(scene.said())
                .contains(
                        "the master could not run for 5m (frozen, stopped or starved of CPU); nothing in that time counts against a worker");
    }

    @Test
    void aWorkerThatDoesNotReadWhatItIsToldIsStuckThoughItsHeartBeats() {
        scene.serving();
        for (int second = 1; second <= 31; second++) {
            scene.pulse(0, new Pulse(second, 0, ZERO, Halt.NONE, true, Cores.UNKNOWN));
            assertThat(scene.tick(ofSeconds(second))).isEmpty();
        }
        scene.pulse(0, new Pulse(32, 0, ZERO, Halt.NONE, true, Cores.UNKNOWN));

        assertThat(scene.tick(ofSeconds(32))).containsExactly(new Send(0, Signal.QUIT));
        assertThat(scene.said())
                .anyMatch(it -> it.contains("worker 0 does not read its control channel"));
    }

    @Test
    void aKillThatCouldNotBeSentIsSentAgain() {
        scene.serving();
        scene.pulse(0, halted(Halt.STOPPED));
        scene.tick(ofSeconds(1));
        assertThat(scene.tick(ofSeconds(32))).containsExactly(new Send(0, Signal.KILL));

        assertThat(scene.decide(new Event.SendFailed(0), ofSeconds(32))).isEmpty();

        assertThat(scene.tick(ofSeconds(33))).containsExactly(new Send(0, Signal.KILL));
    }

    private static Pulse halted(Halt halt) {
        return new Pulse(1, 0, ZERO, halt, false, Cores.UNKNOWN);
    }

    /// The next tick sees what it has had of the cores, in milliseconds.
    private void cores(int slot, long ran, long waited) {
        var cores = new Cores(ofMillis(ran), ofMillis(waited));
        scene.pulse(slot, new Pulse(0, 0, ZERO, Halt.NONE, false, cores));
    }

    /// Worker 0 serves, without a timeout; worker 1 starts at 0 s.
    private static SupervisorScene booting() {
        var scene = SupervisorScene.with(2, ZERO, ofMinutes(2));
        scene.decide(new Started(), ZERO);
        scene.come(0, ZERO);
        scene.start(1, ZERO);
        return scene;
    }
}
