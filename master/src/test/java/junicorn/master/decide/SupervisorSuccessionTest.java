package junicorn.master.decide;

import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import junicorn.master.loop.Action.RefuseNew;
import junicorn.master.loop.Action.Send;
import junicorn.master.loop.Action.Spawn;
import junicorn.master.loop.Event.BootFailed;
import junicorn.master.loop.Event.SignalReceived;
import junicorn.master.loop.Event.SpawnFailed;
import junicorn.master.loop.Event.WorkerUnfit;
import junicorn.os.Exit;
import junicorn.os.Signal;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Ring 1: how a worker is replaced that still serves.
class SupervisorSuccessionTest {
    private static final Exit DONE = new Exit.Code(0);

    private final SupervisorScene scene = SupervisorScene.of(2);

    @BeforeEach
    void twoServe() {
        scene.serving();
    }

    @Test
    void startsASuccessorFirstAndRetiresTheOldWhenThatIsReady() {
        var asked = scene.unfit(0, ofSeconds(20));
        scene.start(2, ofSeconds(20));
        var booting = scene.tick(ofSeconds(21));
        var ready = scene.ready(2, ofSeconds(22));
        var stopped = scene.exit(0, 100, DONE, ofSeconds(23));

        assertThat(asked).containsExactly(new Spawn(2, 1));
        assertThat(booting).isEmpty();
        assertThat(ready).containsExactly(new Send(0, Signal.TERM));
        assertThat(stopped).isEmpty();
        assertThat(scene.said())
                .contains(
                        "worker 0 is unfit, starting its successor pid=100: it cannot go on",
                        "worker 0 retires, its successor is ready pid=100")
                .last()
                .isEqualTo("worker 0 stopped code=0 pid=100 up=23s");
    }

    @Test
    void killsTheOldWhenItsGraceIsOver() {
        scene.unfit(0, ofSeconds(20));
        scene.come(2, ofSeconds(22));

        assertThat(scene.tick(ofSeconds(51))).isEmpty();
        assertThat(scene.tick(ofSeconds(52))).containsExactly(new Send(0, Signal.KILL));
        assertThat(scene.died(0, ofSeconds(53))).isEmpty();
    }

    @Test
    void theOldServesOnWhileNoSuccessorCanStart() {
        scene.unfit(0, ofSeconds(20));
        scene.start(2, ofSeconds(20));
        scene.decide(new BootFailed(2, 102, "no database", ""), ofSeconds(21));
        var failed = scene.exit(2, 102, new Exit.Code(1), ofSeconds(21));
        var again = scene.tick(ofSeconds(22));
        var notEven = scene.decide(new SpawnFailed(2, "EAGAIN"), ofSeconds(22));
        var third = scene.tick(ofSeconds(24));
        scene.start(2, ofSeconds(24));
        var ready = scene.ready(2, ofSeconds(25));

        assertThat(failed).isEmpty();
        assertThat(again).containsExactly(new Spawn(2, 1));
        assertThat(notEven).isEmpty();
        assertThat(third).containsExactly(new Spawn(2, 1));
        assertThat(ready).containsExactly(new Send(0, Signal.TERM));
        assertThat(scene.said())
                .containsOnlyOnce("worker 2 did not start: no database")
                .contains("worker 0 keeps serving until a successor is ready pid=100");
    }

    @Test
    void replacesSeveralOneAfterTheOther() {
        var first = scene.unfit(0, ofSeconds(20));
        var second = scene.unfit(1, ofSeconds(20));
        scene.start(2, ofSeconds(20));
        var oneReady = scene.ready(2, ofSeconds(21));
        scene.start(3, ofSeconds(21));
        var twoReady = scene.ready(3, ofSeconds(22));

        assertThat(first).containsExactly(new Spawn(2, 1));
        assertThat(second).isEmpty();
        assertThat(oneReady).containsExactly(new Send(0, Signal.TERM), new Spawn(3, 1));
        assertThat(twoReady).containsExactly(new Send(1, Signal.TERM));
    }

    @Test
    void whoDiesBeforeItsSuccessorIsReadyIsNotReplacedTwice() {
        scene.unfit(0, ofSeconds(20));
        scene.start(2, ofSeconds(20));

        assertThat(scene.died(0, ofSeconds(21))).isEmpty();
        assertThat(scene.ready(2, ofSeconds(22))).isEmpty();
        assertThat(scene.tick(ofMinutes(1))).isEmpty();
    }

    @Test
    void theOldServesOnWhenANeighbourDiesUntilThatIsReplacedToo() {
        scene.unfit(0, ofSeconds(20));
        scene.start(2, ofSeconds(20));
        var neighbour = scene.died(1, ofSeconds(21));
        scene.start(1, ofSeconds(21));
        var one = scene.ready(2, ofSeconds(22));
        var both = scene.ready(1, ofSeconds(23));

        assertThat(neighbour).containsExactly(new Spawn(1, 1));
        assertThat(one).isEmpty();
        assertThat(both).containsExactly(new Send(0, Signal.TERM));
    }

    @Test
    void aSecondCallAndOneFromAStrangerChangeNothing() {
        scene.unfit(0, ofSeconds(20));

        assertThat(scene.unfit(0, ofSeconds(21))).isEmpty();
        assertThat(scene.decide(new WorkerUnfit(1, 4711, "who am I"), ofSeconds(21))).isEmpty();
        scene.come(2, ofSeconds(22));
        assertThat(scene.unfit(0, ofSeconds(23))).isEmpty();
    }

    @Test
    void oneWorkerFewerNeedsNoSuccessor() {
        scene.unfit(0, ofSeconds(20));
        scene.start(2, ofSeconds(20));

        var fewer = scene.decide(new SignalReceived(Signal.TTOU), ofSeconds(21));

        assertThat(fewer).containsExactly(new Send(2, Signal.TERM), new Send(0, Signal.TERM));
    }

    @Test
    void aStoppingServerStopsAllOfThem() {
        scene.unfit(0, ofSeconds(20));
        scene.start(2, ofSeconds(20));

        var term = scene.decide(new SignalReceived(Signal.TERM), ofSeconds(21));
        var late = scene.unfit(1, ofSeconds(21));
        var quiet = scene.tick(ofSeconds(22));

        assertThat(term).containsExactly(new RefuseNew(), new Send(2, Signal.TERM));
        assertThat(late).isEmpty();
        assertThat(quiet)
                .contains(new Send(0, Signal.TERM), new Send(1, Signal.TERM))
                .doesNotContain(new Send(2, Signal.TERM));
    }
}
