package junicorn.master.decide;

import static java.time.Duration.ZERO;
import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import junicorn.master.loop.Action.Send;
import junicorn.master.loop.Action.Serve;
import junicorn.master.loop.Action.Spawn;
import junicorn.master.loop.Event;
import junicorn.master.loop.Event.SignalReceived;
import junicorn.master.loop.Event.Weighed;
import junicorn.master.loop.Event.WorkerTired;
import junicorn.master.settings.Renewal;
import junicorn.master.table.Pulse;
import junicorn.os.Exit;
import junicorn.os.Signal;
import org.junit.jupiter.api.Test;

/// Ring 1: recycling, standbys, and memory for one worker more.
final class SupervisorRenewalTest {
    private static final Exit DONE = new Exit.Code(0);
    private static final Renewal ONE_STANDS_BY = new Renewal(1, 1, Duration.ZERO, 0);

    @Test
    void whoIsTiredIsReplacedOneAfterTheOther() {
        var scene = SupervisorScene.of(Renewal.USUAL);
        scene.serving();
        var first = scene.decide(new WorkerTired(0, 100, "1000 requests"), ofSeconds(20));
        var second = scene.decide(new WorkerTired(1, 101, "1000 requests"), ofSeconds(20));
        scene.start(2, ofSeconds(20));
        var ready = scene.ready(2, ofSeconds(21));
        var drained = scene.exit(0, 100, DONE, ofSeconds(25));

        assertThat(first).containsExactly(new Spawn(2, 1));
        assertThat(second).isEmpty();
        assertThat(ready).containsExactly(new Send(0, Signal.TERM));
        assertThat(drained).containsExactly(new Spawn(0, 1));
        assertThat(scene.said())
                .contains(
                        "worker 0 is recycled pid=100: 1000 requests",
                        "worker 1 is recycled pid=101: 1000 requests");
    }

    @Test
    void whoGotTiredDuringAReloadThatFailedIsReplacedThen() {
        var scene = SupervisorScene.of(Renewal.USUAL);
        scene.serving();
        scene.reload(2, SupervisorScene.limits(2, Renewal.USUAL), ofSeconds(20));
        var tired = scene.decide(new WorkerTired(0, 100, "1000 requests"), ofSeconds(20));
        var failed = scene.decide(new Event.SpawnFailed(2, "EAGAIN"), ofSeconds(20));

        assertThat(tired).isEmpty();
        assertThat(failed).containsExactly(new Spawn(2, 1));
    }

    @Test
    void whoIsStuckIsNotCountedAsOneWhoServesUntilItsSuccessorDoes() {
        var scene = SupervisorScene.of(Renewal.USUAL);
        scene.serving();
        scene.pulse(1, new Pulse(1, 1, ZERO));
        scene.tick(ofSeconds(1));
        scene.reload(2, SupervisorScene.limits(2, Renewal.USUAL), ofSeconds(20));
        scene.start(2, ofSeconds(20));

        var stuck = scene.tick(ofSeconds(32));
        var ready = scene.ready(2, ofSeconds(33));

        assertThat(stuck).containsExactly(new Send(1, Signal.QUIT));
        assertThat(ready).doesNotContain(new Send(0, Signal.TERM));
    }

    @Test
    void aLifetimeEndsEarlierForOneThanForTheOther() {
        var scene = SupervisorScene.of(new Renewal(1, 0, ofMinutes(100), 0));
        scene.serving();

        assertThat(scene.tick(ofMinutes(89))).isEmpty();
        assertThat(scene.tick(ofMinutes(100))).containsExactly(new Spawn(2, 1));
        scene.come(2, ofMinutes(100));
        assertThat(scene.exit(0, 100, DONE, ofMinutes(100))).containsExactly(new Spawn(0, 1));
    }

    @Test
    void whoTakesTooMuchMemoryIsReplaced() {
        var scene = SupervisorScene.of(new Renewal(1, 0, Duration.ZERO, 100 << 20));
        scene.serving();

        var heavy = new Weighed(Map.of(100L, 99L << 20, 101L, 101L << 20), Long.MAX_VALUE);

        assertThat(scene.decide(heavy, ofSeconds(20))).containsExactly(new Spawn(2, 1));
        assertThat(scene.said())
                .last()
                .isEqualTo("worker 1 is recycled pid=101: --max-memory 100m" + " memory=101m");
    }

    @Test
    void aStandbyStartsLastAndTakesThePlaceOfTheDeadAtOnce() {
        var scene = SupervisorScene.of(ONE_STANDS_BY);
        var started = scene.decide(new Event.Started(), ZERO);
        scene.come(0, ZERO);
        scene.start(1, ZERO);
        var all = scene.ready(1, ZERO);
        scene.start(2, ZERO);
        scene.ready(2, ofSeconds(1));

        assertThat(started).containsExactly(new Spawn(0, 1), new Spawn(1, 1));
        assertThat(all).containsExactly(new Spawn(2, 1, true));
        assertThat(scene.died(0, ofSeconds(60))).containsExactly(new Serve(2));
        assertThat(scene.tick(ofSeconds(61)))
                .as("the next one, when its successor has had the cores for a while")
                .containsExactly(new Spawn(0, 1, true));
        assertThat(scene.said())
                .contains(
                        "standby worker 2 ready pid=102 boot=480ms",
                        "standby worker 2 serves now pid=102",
                        "worker 0 died signal=KILL pid=100 up=1m, a standby takes its place");
    }

    @Test
    void operatorsSeeWhoStandsBy() {
        var scene = standingBy();

        var before = scene.supervisor().census(ofSeconds(10));
        scene.died(0, ofSeconds(20));
        scene.tick(ofSeconds(21));
        var after = scene.supervisor().census(ofSeconds(21));

        assertThat(before.ready()).isEqualTo(2);
        assertThat(before.residents())
                .extracting(Census.Resident::state)
                .containsExactly("ready", "ready", "standby");
        assertThat(after.residents())
                .extracting(Census.Resident::state)
                .containsExactly("starting", "ready", "ready");
    }

    @Test
    void deathsInARowSlowDownAlsoWhereStandbysReplaceTheDead() {
        var scene = standingBy();
        scene.died(0, ofSeconds(2));
        scene.tick(ofSeconds(3));
        scene.come(0, ofSeconds(3));

        assertThat(scene.died(2, ofSeconds(4))).containsExactly(new Serve(0));
        assertThat(scene.tick(ofSeconds(5))).containsExactly(new Spawn(2, 1, true));
    }

    @Test
    void aStandbyTakesThePlaceOfOneThatIsRecycledAndAnotherOneMoreThatIsWanted() {
        var scene = standingBy();

        var tired = scene.decide(new WorkerTired(0, 100, "1 request"), ofSeconds(20));
        var more = scene.decide(new SignalReceived(Signal.TTIN), ofSeconds(20));

        assertThat(tired)
                .containsExactly(new Serve(2), new Send(0, Signal.TERM), new Spawn(3, 1, true));
        assertThat(more).as("the place is for the one that is on its way").isEmpty();
        scene.start(3, ofSeconds(20));
        assertThat(scene.ready(3, ofSeconds(22)))
                .containsExactly(new Serve(3), new Spawn(4, 1, true));
    }

    @Test
    void aReloadReplacesStandbysWhenAllElseIsDone() {
        var scene = standingBy();
        scene.reload(2, SupervisorScene.limits(2, ONE_STANDS_BY), ofSeconds(20));
        scene.come(3, ofSeconds(21));
        scene.exit(0, 100, DONE, ofSeconds(21));
        scene.start(4, ofSeconds(21));
        var live = scene.ready(4, ofSeconds(22));
        var next = scene.tick(ofSeconds(23));

        assertThat(live).containsExactly(new Send(1, Signal.TERM));
        assertThat(next).containsExactly(new Send(2, Signal.TERM), new Spawn(0, 2, true));
    }

    @Test
    void withoutMemoryForOneMoreTheOldStopsFirst() {
        var scene = SupervisorScene.of(Renewal.USUAL);
        scene.serving();
        scene.memory(80 << 20, 79 << 20);

        var asked = scene.reload(2, SupervisorScene.limits(2, Renewal.USUAL), ofSeconds(20));
        var waits = scene.tick(ofSeconds(21));
        var room = scene.exit(0, 100, DONE, ofSeconds(22));
        scene.start(0, ofSeconds(22));
        var next = scene.ready(0, ofSeconds(23));

        assertThat(asked).containsExactly(new Send(0, Signal.TERM));
        assertThat(waits).isEmpty();
        assertThat(room).containsExactly(new Spawn(0, 2));
        assertThat(next).containsExactly(new Send(1, Signal.TERM));
        assertThat(scene.said())
                .contains(
                        "no memory for one more worker, so worker 0 stops before its successor"
                                + " starts needed=80m available=79m pid=100");
    }

    @Test
    void whoIsReadyTakesNoMoreMemoryThanItHas() {
        var scene = SupervisorScene.of(Renewal.USUAL);
        scene.serving();
        scene.memory(80 << 20, 79 << 20);
        scene.reload(2, SupervisorScene.limits(2, Renewal.USUAL), ofSeconds(20));
        scene.exit(0, 100, DONE, ofSeconds(21));
        scene.start(0, ofSeconds(21));
        scene.memory(80 << 20, 159 << 20); // for one, and not for the one that starts as well

        scene.tick(ofSeconds(22));
        var next = scene.ready(0, ofSeconds(23));

        assertThat(next).containsExactly(new Spawn(2, 2));
    }

    @Test
    void theOldDoesNotStopForMemoryThatComesBack() {
        var scene = SupervisorScene.of(Renewal.USUAL);
        scene.serving();
        scene.decide(new SignalReceived(Signal.TTOU), ofSeconds(19));
        scene.memory(80 << 20, 79 << 20);

        var asked = scene.reload(2, SupervisorScene.limits(1, Renewal.USUAL), ofSeconds(20));
        scene.memory(80 << 20, 80 << 20);
        var later = scene.tick(ofSeconds(21));

        assertThat(asked).isEmpty();
        assertThat(later).containsExactly(new Spawn(2, 2));
        assertThat(scene.said())
                .contains(
                        "no memory for one more worker yet, waiting until another is ready or gone needed=80m"
                                + " available=79m");
    }

    /// Two serve and a third stands by, from 0 s.
    private static SupervisorScene standingBy() {
        var scene = SupervisorScene.of(ONE_STANDS_BY);
        scene.serving();
        scene.come(2, ZERO);
        return scene;
    }
}
